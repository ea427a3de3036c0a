import TextFormats

/// Writes what tags and text of HTML say as lines of text.
struct HTMLTextWriter {
  /// Deeper than this nothing is indented any more.
  private static let maximumDepth = 32

  private var output: [UInt8] = []
  /// How many line ends come before the next text.
  private var breaks = 0
  private var wantsSpace = false
  /// What parts the cells of a row.
  private var wantsCell = false
  private var preformatted = 0
  /// What each line begins with, from the outermost block to the innermost.
  private var prefixes: [[UInt8]] = []
  /// How many of them the empty lines before the next text have: as many as hold on both sides.
  private var blankDepth = Int.max
  /// The sign of the list's item whose text has not begun.
  private var marker: [UInt8]?
  private var lists: [List] = []
  private var links: [Link] = []
  private var headingStart: Int?

  private struct List {
    /// The next number; nil where items have a dash.
    var number: Int?
    /// HTML need not close one before the next.
    var isItemOpen = false
  }

  private struct Link {
    var target: String
    /// Where its text begins.
    var start: Int
  }

  init(capacity: Int) { output.reserveCapacity(capacity) }

  /// Ends the text.
  consuming func finish() -> [UInt8] {
    if !output.isEmpty { output.append(0x0A) }
    return output
  }

  // MARK: Text

  /// Writes text that stands between tags.
  mutating func write(_ raw: Slice<UnsafeBufferPointer<UInt8>>) {
    if raw.contains(UInt8(ascii: "&")) {
      writeText(HTMLReferences.resolved(raw))
    } else {
      writeText(raw)
    }
  }

  private mutating func writeText(_ text: some RandomAccessCollection<UInt8>) {
    if preformatted > 0 { return writePreformatted(text) }
    var rest = text[...]
    while let byte = rest.first {
      if HTMLTokenizer.isSpace(byte) {
        wantsSpace = true
        rest = rest.dropFirst()
      } else if let blank = Self.blank(rest) {
        wantsSpace = wantsSpace || blank.isSpace
        rest = rest.dropFirst(blank.length)
      } else {
        let word = rest.prefix { !HTMLTokenizer.isSpace($0) && $0 != 0xC2 && $0 != 0xE2 && $0 != 0xEF }
        beginText()
        // A letter that only looks like a blank's beginning goes along.
        let length = max(word.count, 1)
        output.append(contentsOf: rest.prefix(length))
        rest = rest.dropFirst(length)
      }
    }
  }

  /// A no-break space, which is a space here; or what is not to be seen: soft hyphen, zero width space, byte-order mark.
  private static func blank(
    _ text: some Collection<UInt8>
  ) -> (length: Int, isSpace: Bool)? {
    if text.starts(with: [0xC2, 0xA0]) { return (2, true) }
    if text.starts(with: [0xC2, 0xAD]) { return (2, false) }
    if text.starts(with: [0xE2, 0x80, 0x8B]) { return (3, false) }
    return text.starts(with: [0xEF, 0xBB, 0xBF]) ? (3, false) : nil
  }

  private mutating func writePreformatted(_ text: some RandomAccessCollection<UInt8>) {
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      if line.offset > 0 { breaks += 1 }
      let content = line.element.last == 0x0D ? line.element.dropLast() : line.element
      if content.isEmpty { continue }
      beginText()
      output.append(contentsOf: content)
    }
  }

  /// Writes what comes before text: line ends, the beginning of the line, the sign of an item, a space.
  private mutating func beginText() {
    let startsLine = output.isEmpty || breaks > 0
    if startsLine {
      if !output.isEmpty {
        for _ in 1..<max(breaks, 1) {
          output.append(0x0A)
          appendPrefix(isBlankLine: true)
        }
        output.append(0x0A)
      }
      appendPrefix(isBlankLine: false)
    } else if wantsCell {
      output.append(contentsOf: "  ".utf8)
    } else if wantsSpace {
      output.append(0x20)
    }
    breaks = 0
    blankDepth = .max
    wantsSpace = false
    wantsCell = false
  }

  private mutating func appendPrefix(isBlankLine: Bool) {
    if isBlankLine {
      for prefix in prefixes.prefix(min(blankDepth, Self.maximumDepth)) { output.append(contentsOf: prefix) }
      while output.last == 0x20 { output.removeLast() }
      return
    }
    let last = prefixes.count - 1
    for (index, prefix) in prefixes.prefix(Self.maximumDepth).enumerated() where marker == nil || index < last
    {
      output.append(contentsOf: prefix)
    }
    if let marker, last >= 0 {
      output.append(contentsOf: marker)
      self.marker = nil
    }
  }

  private mutating func block(_ lines: Int) {
    breaks = max(breaks, lines)
    blankDepth = min(blankDepth, prefixes.count)
    wantsSpace = false
    wantsCell = false
  }

  // MARK: Tags

  /// A tag opens.
  mutating func open(_ element: HTMLElement, _ attributes: HTMLAttributes) {
    switch element {
    case .lineBreak: breakLine()
    case .link: links.append(Link(target: attributes["href"] ?? "", start: output.count))
    case .image:
      if let text = attributes["alt"] { writeText(Array(text.utf8)) }
    case .list, .numberedList:
      block(lists.isEmpty ? 2 : 1)
      let start = attributes["start"].flatMap { Int($0) } ?? 1
      let first = (-999_999...999_999).contains(start) ? start : 1
      lists.append(List(number: element == .numberedList ? first : nil))
    case .item: openItem()
    case .quotation:
      block(2)
      push(Array("> ".utf8))
    case .rule:
      block(2)
      writeText(Array(repeating: UInt8(ascii: "-"), count: 20))
      block(2)
    case .preformatted:
      block(2)
      preformatted += 1
    case .title, .subtitle:
      block(2)
      headingStart = output.count
    case .apart: block(marker == nil ? 2 : 0)
    case .line: block(marker == nil ? 1 : 0)
    case .cell, .hidden, .other: break
    }
  }

  /// A tag closes.
  mutating func close(_ element: HTMLElement) {
    switch element {
    case .lineBreak: breakLine()
    case .link: closeLink()
    case .list, .numberedList:
      closeItem()
      if !lists.isEmpty { lists.removeLast() }
      block(lists.isEmpty ? 2 : 1)
    case .item: closeItem()
    case .quotation:
      block(2)
      pop()
    case .cell: wantsCell = breaks == 0 && !output.isEmpty
    case .preformatted:
      preformatted = max(0, preformatted - 1)
      block(2)
      breaks = 2
    case .title, .subtitle:
      underline(element == .title ? "=" : "-")
      block(2)
    case .apart, .rule: block(2)
    case .line: block(1)
    case .image, .hidden, .other: break
    }
  }

  private mutating func breakLine() {
    breaks = min(breaks + 1, 2)
    wantsSpace = false
  }

  // MARK: Lists and quotations

  private mutating func openItem() {
    block(1)
    closeItem()
    if lists.isEmpty { lists.append(List(number: nil)) }
    lists[lists.count - 1].isItemOpen = true
    var sign = Array("- ".utf8)
    if let number = lists[lists.count - 1].number {
      sign = Array("\(number). ".utf8)
      lists[lists.count - 1].number = number + 1
    }
    push(Array(repeating: 0x20, count: sign.count))
    marker = sign
  }

  private mutating func closeItem() {
    guard let list = lists.last, list.isItemOpen else { return }
    lists[lists.count - 1].isItemOpen = false
    marker = nil
    pop()
    block(1)
  }

  private mutating func push(_ prefix: [UInt8]) {
    prefixes.append(prefixes.count < Self.maximumDepth ? prefix : [])
  }

  private mutating func pop() {
    if !prefixes.isEmpty { prefixes.removeLast() }
    blankDepth = min(blankDepth, prefixes.count)
  }

  // MARK: Headings and links

  private mutating func underline(_ sign: Unicode.Scalar) {
    guard let start = headingStart, start < output.count else { return }
    headingStart = nil
    let line = output[start...].split(separator: 0x0A).last ?? []
    let width = DisplayWidth.of(VisibleText.of(String(decoding: line, as: UTF8.self)))
    guard width > 0 else { return }
    block(1)
    beginText()
    output.append(contentsOf: repeatElement(UInt8(ascii: sign), count: min(width, 72)))
  }

  private mutating func closeLink() {
    guard let link = links.popLast(), let target = Self.shown(link.target) else { return }
    let text = output[min(link.start, output.count)...].drop { HTMLTokenizer.isSpace($0) }
    // A text can be much longer than an address; then it need not be looked at.
    let isShort = text.count <= target.utf8.count + 2 * "https:///".utf8.count
    if isShort, Self.isSame(String(decoding: text, as: UTF8.self), target) { return }
    if !text.isEmpty { wantsSpace = true }
    writeText(Array("<\(target)>".utf8))
  }

  /// The address to show of a link; nil where a reader of text could do nothing with it.
  private static func shown(_ target: String) -> String? {
    let target = MemberValues.trimmed(target)
    let scheme = target.prefix { $0 != ":" }.lowercased()
    guard ["http", "https", "mailto", "tel", "sms", "ftp"].contains(scheme) else { return nil }
    let isBare = (scheme == "mailto" || scheme == "tel") && !target.contains("?")
    return isBare ? String(target.dropFirst(scheme.count + 1)) : target
  }

  private static func isSame(_ text: String, _ target: String) -> Bool {
    func core(_ text: String) -> Substring {
      var text = text[...]
      for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
        text = text.dropFirst(scheme.count)
      }
      return text.hasSuffix("/") ? text.dropLast() : text
    }
    return core(text) == core(target)
  }
}
