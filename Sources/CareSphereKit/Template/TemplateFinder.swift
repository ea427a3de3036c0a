import SQLiteStore

/// Finds templates by what people call them.
public struct TemplateFinder {
  private let templates: NamedRows<Template>

  /// Finds the templates of a database.
  public init(_ database: Database) {
    templates = NamedRows(
      database, table: "templates", noun: "template", columns: Template.columns, read: Template.init(row:),
      label: { ($0.id, $0.name) })
  }

  /// All templates, by name.
  public func all() throws -> [Template] { try templates.all() }

  /// The template of this name, whatever its letter case.
  public func find(name: String) throws -> Template? { try templates.find(name: name) }

  /// The template with this id.
  public func find(id: String) throws -> Template? { try templates.find(id: id) }

  /// The template with this id, which is known to be there.
  func stored(id: String) throws -> Template { try templates.stored(id: id) }

  /// Makes sure that no template has this name, whatever its letter case.
  /// - Throws: `CareError(.conflict)`.
  func checkFree(name: String) throws { try templates.checkFree(name: name) }

  /// The template that a reference means: its id, its name whatever the letter case, or the unique beginning
  /// or end of its id, at least 4 characters.
  /// - Throws: `NOT_FOUND` with the nearest name; `CONFLICT` with the candidates where there are several.
  public func resolve(_ reference: String) throws -> Template { try templates.resolve(reference) }

  /// The names of all templates, sorted.
  func names() throws -> [String] { try templates.names() }

  /// The content of the template that a partial tag names, read; nil where there is none.
  /// - Throws: `CareError(.validation)` where its Mustache is wrong.
  public func partial(_ name: String) throws -> MustacheTemplate? {
    guard let template = try find(name: name) else { return nil }
    do {
      return try MustacheTemplate(template.values.content)
    } catch {
      throw CareError(error.code, "the partial “\(template.name)” is wrong", details: error.details)
    }
  }
}
