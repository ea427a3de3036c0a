import TextFormats

/// Reads a template into nodes. After a mistake it goes on where that makes sense, so that all are found.
struct MustacheParser {
  private(set) var template = MustacheTemplate()
  private(set) var problems: [MustacheProblem] = []

  private var scanner: MustacheScanner
  private var open: [(tag: Int, node: Int)] = []
  /// How many of them have a name, so that one that is not open need not be looked for.
  private var openNames: [String: Int] = [:]
  /// Whether text may be joined to the text before it: no tag that does something stands between.
  private var joinsText = false
  private var saidTooDeep = false

  /// - Parameter bytes: UTF-8.
  init(_ bytes: [UInt8]) { scanner = MustacheScanner(bytes) }

  mutating func parse() {
    while let piece = scanner.next() {
      if !piece.text.isEmpty { addText(piece.text) }
      guard let tag = piece.tag else { continue }
      if tag.isAtLineStart && !tag.isStandalone { add(.lineStart) }
      take(tag)
    }
    if let problem = scanner.unclosed { problems.append(problem) }
    for section in open {
      let tag = template.tags[section.tag]
      problems.append(
        MustacheProblem(
          tag.position, "the section “\(tag.name)” is never closed: {{/\(tag.name)}} is missing"))
    }
    problems.sort { $0.position.offset < $1.position.offset }
  }

  private mutating func take(_ tag: MustacheScanner.Tag) {
    switch tag.kind {
    case .comment: break
    case .delimiters: setDelimiters(tag)
    case .close: close(tag)
    case .variable, .unescaped:
      guard let index = addTag(.variable, tag) else { return }
      add(.variable(tag: index, isEscaped: tag.kind == .variable))
    case .section, .inverted: begin(tag)
    case .partial:
      guard let index = addTag(.partial, tag) else { return }
      add(.partial(tag: index, indentation: tag.indentation.map { literal($0) }))
    }
  }

  // MARK: Sections

  private mutating func begin(_ tag: MustacheScanner.Tag) {
    let isInverted = tag.kind == .inverted
    guard let index = addTag(isInverted ? .inverted : .section, tag) else { return }
    if open.count >= MustacheTemplate.maximumDepth, !saidTooDeep {
      saidTooDeep = true
      fail(tag, "sections are nested deeper than \(MustacheTemplate.maximumDepth) levels")
    }
    open.append((index, template.nodes.count))
    openNames[tag.name, default: 0] += 1
    add(.section(tag: index, isInverted: isInverted, end: template.nodes.count))
  }

  private mutating func close(_ tag: MustacheScanner.Tag) {
    let name = tag.name
    guard openNames[name] ?? 0 > 0, let match = open.lastIndex(where: { template.tags[$0.tag].name == name })
    else {
      return fail(tag, "“\(name)” is closed here, but no section of this name is open")
    }
    for inner in open[(match + 1)...] {
      let section = template.tags[inner.tag]
      problems.append(
        MustacheProblem(
          section.position,
          "the section “\(section.name)” is not closed before “\(name)” is, in line \(tag.position.line)"))
    }
    for section in open[match...] {
      openNames[template.tags[section.tag].name, default: 0] -= 1
      end(section)
    }
    open.removeSubrange(match...)
    joinsText = false
  }

  private mutating func end(_ section: (tag: Int, node: Int)) {
    guard case .section(let tag, let isInverted, _) = template.nodes[section.node] else { return }
    template.nodes[section.node] = .section(tag: tag, isInverted: isInverted, end: template.nodes.count)
  }

  // MARK: Delimiters

  private mutating func setDelimiters(_ tag: MustacheScanner.Tag) {
    let words = tag.name.utf8.split { $0 == 0x20 || (0x09...0x0D).contains($0) }
    guard words.count == 2 else {
      return fail(tag, "two delimiters are needed, with a space between: {{=<% %>=}}")
    }
    guard !words.contains(where: { $0.contains(UInt8(ascii: "=")) }) else {
      return fail(tag, "a delimiter cannot hold “=”")
    }
    scanner.setDelimiters(Array(words[0]), Array(words[1]))
  }

  // MARK: Nodes

  private mutating func fail(_ tag: MustacheScanner.Tag, _ message: String) {
    problems.append(MustacheProblem(tag.position, message))
  }

  private mutating func add(_ node: MustacheTemplate.Node) {
    template.nodes.append(node)
    joinsText = false
  }

  private mutating func addTag(_ kind: MustacheTag.Kind, _ tag: MustacheScanner.Tag) -> Int? {
    if tag.name.isEmpty {
      fail(tag, "the tag names nothing")
      return nil
    }
    if tag.name.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) || scanner.beginsTag(in: tag.name) {
      fail(tag, "the tag is not closed where its name ends")
      return nil
    }
    template.tags.append(
      MustacheTag(kind: kind, name: tag.name, position: tag.position, parent: open.last?.tag))
    return template.tags.count - 1
  }

  private mutating func addText(_ range: Range<Int>) {
    let startsLine = scanner.isLineStart(range.lowerBound)
    let added = literal(range)
    if joinsText, case .text(let before, let beforeStartsLine)? = template.nodes.last,
      before.upperBound == added.lowerBound
    {
      template.nodes[template.nodes.count - 1] =
        .text(before.lowerBound..<added.upperBound, startsLine: beforeStartsLine)
      return
    }
    template.nodes.append(.text(added, startsLine: startsLine))
    joinsText = true
  }

  private mutating func literal(_ range: Range<Int>) -> Range<Int> {
    let start = template.literals.count
    template.literals.append(contentsOf: scanner.bytes[range])
    return start..<template.literals.count
  }
}
