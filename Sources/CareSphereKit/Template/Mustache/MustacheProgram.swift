import TextFormats

/// A template with all its partials and the places of its names, ready to be rendered for one person after
/// the other.
public struct MustacheProgram: Sendable {
  /// The most bytes that one rendering may give.
  public static let maximumBytes = 10 << 20
  /// The most sections and partials that one rendering may enter: partials that double each other would
  /// else take for ever without writing a byte.
  static let maximumSteps = 1_000_000

  enum Operation: Sendable {
    case text(Range<Int>, startsLine: Bool)
    case lineStart
    case variable(lookup: Int, isEscaped: Bool)
    case section(lookup: Int, isInverted: Bool, end: Int)
    case partial(unit: Int, indentation: Range<Int>?)
  }

  private(set) var operations: [Operation] = []
  /// The operations of the template and of each partial.
  private(set) var units: [Range<Int>] = []
  private(set) var lookups: [MustacheLookup] = []
  private(set) var literals: [UInt8] = []
  let escaping: MustacheEscaping
  private let fieldCount: Int
  /// What the lookups of variables and sections use of the fields, by index.
  public private(set) var usedFields: Set<Int> = []

  /// - Parameters:
  ///   - template: the outermost one.
  ///   - context: what the names stand for.
  ///   - escaping: how `{{name}}` is escaped, in the partials as well.
  ///   - partial: the template of this name; nil for one there is not, which renders as nothing.
  /// - Throws: what `partial` throws.
  public init(
    _ template: MustacheTemplate, context: MustacheContext, escaping: MustacheEscaping,
    partial: (String) throws -> MustacheTemplate? = { _ in nil }
  ) throws {
    self.escaping = escaping
    fieldCount = context.fields.count
    var linker = Linker(context: context)
    linker.templates = [template]
    while linker.linked < linker.templates.count {
      let next = linker.templates[linker.linked]
      linker.linked += 1
      try append(next, &linker, partial)
    }
    lookups = linker.lookups
  }

  /// What is known while templates are joined.
  private struct Linker {
    let context: MustacheContext
    var templates: [MustacheTemplate] = []
    var linked = 0
    var units: [String: Int?] = [:]
    var lookups: [MustacheLookup] = []
    var lookupIndex: [String: Int] = [:]

    mutating func lookup(_ name: String) -> Int {
      if let index = lookupIndex[name] { return index }
      lookups.append(MustacheLookup(name, in: context))
      lookupIndex[name] = lookups.count - 1
      return lookups.count - 1
    }

    mutating func unit(_ name: String, _ partial: (String) throws -> MustacheTemplate?) throws -> Int? {
      if let known = units[name] { return known }
      guard let template = try partial(name) else {
        units[name] = .some(nil)
        return nil
      }
      templates.append(template)
      units[name] = templates.count - 1
      return templates.count - 1
    }
  }

  private mutating func append(
    _ template: MustacheTemplate, _ linker: inout Linker, _ partial: (String) throws -> MustacheTemplate?
  ) throws {
    let first = operations.count
    let literalStart = literals.count
    literals += template.literals
    func moved(_ range: Range<Int>) -> Range<Int> {
      (range.lowerBound + literalStart)..<(range.upperBound + literalStart)
    }
    for node in template.nodes {
      switch node {
      case .text(let range, let startsLine):
        operations.append(.text(moved(range), startsLine: startsLine))
      case .lineStart: operations.append(.lineStart)
      case .variable(let tag, let isEscaped):
        let lookup = lookup(template.tags[tag].name, &linker)
        operations.append(.variable(lookup: lookup, isEscaped: isEscaped && escaping != .none))
      case .section(let tag, let isInverted, let end):
        let lookup = lookup(template.tags[tag].name, &linker)
        operations.append(.section(lookup: lookup, isInverted: isInverted, end: first + end))
      case .partial(let tag, let indentation):
        // Nothing comes of a partial that is not there, but the places of the others stay.
        let unit = try linker.unit(template.tags[tag].name, partial) ?? -1
        operations.append(.partial(unit: unit, indentation: indentation.map(moved)))
      }
    }
    units.append(first..<operations.count)
  }

  private mutating func lookup(_ name: String, _ linker: inout Linker) -> Int {
    let index = linker.lookup(name)
    if case .field(let field, _) = linker.lookups[index].source { usedFields.insert(field) }
    return index
  }

  /// The names that lookups have below a field of the context: of `custom.a.b` that is `a.b`.
  func names(below field: Int) -> [String] {
    lookups.compactMap { lookup in
      guard case .field(field, let path) = lookup.source, !path.isEmpty else { return nil }
      return path.joined(separator: ".")
    }
  }

  /// Renders the template for one person.
  /// - Parameter fields: the values of the context's `fields`, in their order; missing ones are absent.
  /// - Throws: `CareError(.validation)` where it is nested too deep, grows too large or never ends.
  public func render(_ fields: [JSONValue]) throws(CareError) -> String {
    var output: [UInt8] = []
    try render(fields, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// Renders the template for one person.
  /// - Parameters:
  ///   - fields: the values of the context's `fields`, in their order; missing ones are absent.
  ///   - output: takes the place of what it held, in UTF-8; one for all people need not grow again.
  /// - Throws: `CareError(.validation)` where it is nested too deep, grows too large or never ends.
  public func render(_ fields: [JSONValue], into output: inout [UInt8]) throws(CareError) {
    output.removeAll(keepingCapacity: true)
    do throws(MustacheRenderer.Failure) {
      try literals.withUnsafeBufferPointer { (literals) throws(MustacheRenderer.Failure) in
        var renderer = MustacheRenderer(program: self, literals: literals, fields: fields, output: output)
        output = []
        defer { output = renderer.output }
        try renderer.run(units[0], depth: 0)
      }
    } catch {
      throw CareError(.validation, error.message)
    }
  }
}
