import SQLiteStore
import TextFormats

/// A look through the texts of a message before it is sent: every name in them is known, and what its template
/// wants to be told is told.
public struct MessageReview {
  /// The contents of all partials, by folded name.
  public let partials: JSONObject

  /// - Throws: `CareError(.validation)` with every unknown name, by line and column, or with every name that needs
  ///   a value.
  public init(_ message: Message, _ database: Database) throws {
    let values = message.values
    let finder = TemplateFinder(database)
    let review = try TemplateReview(
      values.texts, names: TemplateNames(declared: values.variables, settings: values.settings.keys),
      finder: finder)
    try review.check("“\(values.title)”")
    try Self.checkDeclared(values)
    var partials = JSONObject()
    for use in review.uses where use.kind == .partial {
      guard let partial = try finder.find(name: use.name) else { continue }
      partials[partial.values.nameKey] = .string(partial.values.content)
    }
    self.partials = partials
  }

  /// What a template declares is given by `--set`, unless a person or the organization has it.
  private static func checkDeclared(_ values: MessageValues) throws(CareError) {
    let known = TemplateNames(settings: values.settings.keys)
    let missing = values.variables.filter { known.below($0) == nil }
    if missing.isEmpty { return }
    let names = missing.map { "--set \($0)=…" }.joined(separator: " ")
    throw CareError(
      .validation, "“\(values.title)” needs a value for \(missing.joined(separator: ", "))",
      hint: "add \(names), for a message that is there with: caresphere message update MESSAGE \(names)",
      details: .fields(missing.map { .init($0, "has no value") }))
  }
}
