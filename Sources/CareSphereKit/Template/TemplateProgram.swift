import TextFormats

/// Subject and content of a template or message, with their partials, ready to be rendered for one person
/// after the other.
public struct TemplateProgram: Sendable {
  private let subject: MustacheProgram?
  private let content: MustacheProgram

  /// - Parameters:
  ///   - subject: Mustache, never escaped.
  ///   - content: Mustache, escaped as the body format asks for, its partials too.
  ///   - context: what the names stand for.
  ///   - finder: finds the partials.
  /// - Throws: `CareError(.validation)` where the Mustache of one of them is wrong.
  public init(
    subject: String?, content: String, bodyFormat: BodyFormat, context: MustacheContext,
    finder: TemplateFinder
  ) throws {
    self.subject = try subject.map {
      try MustacheProgram(
        MustacheTemplate($0), context: context, escapesHTML: false, partial: finder.partial)
    }
    self.content = try MustacheProgram(
      MustacheTemplate(content), context: context, escapesHTML: bodyFormat.escapesHTML,
      partial: finder.partial)
  }

  /// Which of the context's fields a rendering reads, by index; the others need not be looked up.
  public var usedFields: Set<Int> { content.usedFields.union(subject?.usedFields ?? []) }

  /// The texts for one person; line breaks that a value brings into the subject are spaces.
  /// - Parameter fields: the values of the context's `fields`, in their order.
  /// - Throws: `CareError(.validation)` where a text is nested too deep, grows too large or never ends.
  public func render(_ fields: [JSONValue]) throws(CareError) -> (subject: String?, content: String) {
    var line: String?
    if let subject { line = LineBreak.removed(from: try subject.render(fields)) }
    return (line, try content.render(fields))
  }
}
