import TextFormats

/// Subject and content of a template or message, with their partials, ready to be rendered for one person
/// after the other.
public struct TemplateProgram: Sendable {
  private let subject: MustacheProgram?
  private let content: MustacheProgram

  /// - Parameters:
  ///   - subject: Mustache, never escaped.
  ///   - content: Mustache.
  ///   - escaping: how the content's values are escaped, its partials' too.
  ///   - context: what the names stand for.
  ///   - partial: finds the partials, as ``TemplateFinder/partial(_:)`` does.
  /// - Throws: `CareError(.validation)` where the Mustache of one of them is wrong; what `partial` throws.
  public init(
    subject: String?, content: String, escaping: MustacheEscaping, context: MustacheContext,
    partial: (String) throws -> MustacheTemplate?
  ) throws {
    self.subject = try subject.map {
      try MustacheProgram(MustacheTemplate($0), context: context, escaping: .none, partial: partial)
    }
    self.content = try MustacheProgram(
      MustacheTemplate(content), context: context, escaping: escaping, partial: partial)
  }

  /// Which of the context's fields a rendering reads, by index; the others need not be looked up.
  public var usedFields: Set<Int> { content.usedFields.union(subject?.usedFields ?? []) }

  /// The names that are looked for in a field of the context that is an object, each without the field's own.
  func names(below field: Int) -> [String] {
    content.names(below: field) + (subject?.names(below: field) ?? [])
  }

  /// The texts for one person; line breaks that a value brings into the subject are spaces.
  /// - Parameter fields: the values of the context's `fields`, in their order.
  /// - Throws: `CareError(.validation)` where a text is nested too deep, grows too large or never ends.
  public func render(_ fields: [JSONValue]) throws(CareError) -> (subject: String?, content: String) {
    (try renderSubject(fields), try content.render(fields))
  }

  /// The subject for one person, in one line; nil where there is none.
  /// - Throws: as ``render(_:)``.
  func renderSubject(_ fields: [JSONValue]) throws(CareError) -> String? {
    guard let subject else { return nil }
    return LineBreak.removed(from: try subject.render(fields))
  }

  /// The content for one person, in UTF-8.
  /// - Parameter output: takes the place of what it held.
  /// - Throws: as ``render(_:)``.
  func renderContent(_ fields: [JSONValue], into output: inout [UInt8]) throws(CareError) {
    try content.render(fields, into: &output)
  }
}
