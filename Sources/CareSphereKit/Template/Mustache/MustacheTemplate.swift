import TextFormats

/// A Mustache template, read once and rendered as often as there are people: the core of the Mustache
/// specification 1.4 (comments, delimiters, interpolation, inverted sections, partials, sections), without
/// its optional modules.
public struct MustacheTemplate: Sendable {
  /// How deep sections and partials may stand in each other.
  public static let maximumDepth = 100

  /// What is done one after the other. Sections lie flat: each knows where its content ends.
  enum Node: Sendable {
    /// Text as it is. Where it begins a line, what indents the lines of a partial comes before it.
    case text(Range<Int>, startsLine: Bool)
    /// A tag begins a line: what indents the lines of a partial comes here.
    case lineStart
    case variable(tag: Int, isEscaped: Bool)
    /// The content is the nodes from the next one up to `end`.
    case section(tag: Int, isInverted: Bool, end: Int)
    /// The partial on a line of its own is indented by this white space; elsewhere there is none.
    case partial(tag: Int, indentation: Range<Int>?)
  }

  /// The tags that name something, in the order of the text.
  public internal(set) var tags: [MustacheTag] = []
  var nodes: [Node] = []
  /// The bytes that text and indentation are ranges of.
  var literals: [UInt8] = []

  /// Reads a template.
  /// - Throws: `CareError(.validation)` with the line and column of everything that is wrong.
  public init(_ text: String) throws(CareError) {
    let (template, problems) = Self.parse(text)
    guard problems.isEmpty else {
      throw CareError(
        .validation, "the template is wrong" + (problems.count == 1 ? "" : " in \(problems.count) places"),
        details: .lines(problems.map { $0.lineProblem(field: nil) }))
    }
    self = template
  }

  init() {}

  /// Reads a template as far as it can be read.
  /// - Returns: the template, to look at where there are problems and to render where there are none
  public static func parse(_ text: String) -> (template: MustacheTemplate, problems: [MustacheProblem]) {
    var parser = MustacheParser(Array(text.utf8))
    parser.parse()
    return (parser.template, parser.problems)
  }
}

/// A tag that names something.
public struct MustacheTag: Equatable, Sendable {
  /// What a tag does.
  public enum Kind: Sendable { case variable, section, inverted, partial }

  /// `variable` whether it escapes or not; comments, delimiters and ends of sections are no tags here.
  public var kind: Kind
  /// The name without white space at its ends: `custom.shoeSize`, `.`, a partial's name.
  public var name: String
  /// Where the tag begins.
  public var position: TextPosition
  /// The section that it stands in, by its place among the tags; nil outside of all.
  public var parent: Int?
}

/// What is wrong at a place of a template.
public struct MustacheProblem: Equatable, Sendable {
  /// Where the tag begins that is wrong or is not closed.
  public var position: TextPosition
  /// What is wrong, in words, without the place.
  public var message: String

  /// A problem and its place.
  public init(_ position: TextPosition, _ message: String) {
    self.position = position
    self.message = message
  }

  /// The problem as an error lists it.
  /// - Parameter field: what of a record the template is: `content`.
  public func lineProblem(field: String?) -> CareError.LineProblem {
    CareError.LineProblem(line: position.line, column: position.column, field: field, message: message)
  }
}
