import SQLiteStore
import TextFormats

/// Finds templates by what people call them.
public struct TemplateFinder {
  private let database: Database

  public init(_ database: Database) { self.database = database }

  /// All templates, by name.
  public func all() throws -> [Template] { try templates("1 ORDER BY name_key, id", []) }

  /// The template of this name, whatever its letter case.
  public func find(name: String) throws -> Template? {
    try templates("name_key = ?", [.text(CaseFolding.fold(MemberValues.trimmed(name)))]).first
  }

  /// The template with this id.
  public func find(id: String) throws -> Template? { try templates("id = ?", [.text(id)]).first }

  /// The template that a reference means: its id, its name whatever the letter case, or the unique beginning
  /// or end of its id, at least 4 characters.
  /// - Throws: `NOT_FOUND` with the nearest name; `CONFLICT` with the candidates where there are several.
  public func resolve(_ reference: String) throws -> Template {
    if let template = try find(id: CaseFolding.fold(reference)) ?? find(name: reference) { return template }
    let candidates = try templates(idPart: reference)
    if let template = candidates.first, candidates.count == 1 { return template }
    guard candidates.isEmpty else {
      throw CareError(
        .conflict, "“\(reference)” could be any of \(candidates.count) templates",
        hint: "use the name, or more characters of the id",
        details: .fields(candidates.map { .init($0.id, $0.name) }))
    }
    let nearest = EditDistance.nearest(to: reference, in: try names())
    throw CareError(
      .notFound, "there is no template “\(reference)”",
      hint: nearest.map { "did you mean “\($0)”?" } ?? "the templates are listed by: caresphere template list"
    )
  }

  /// The names of all templates, sorted.
  func names() throws -> [String] {
    var names: [String] = []
    try database.query("SELECT name FROM templates ORDER BY name_key") { names.append($0.string(0)) }
    return names
  }

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

  /// The templates whose id begins or ends with `part`; none where it is too short or no part of one.
  private func templates(idPart part: String) throws -> [Template] {
    // Nothing but hexadecimal digits and dashes, so that no character of it is a wildcard of LIKE.
    let part = CaseFolding.fold(part)
    let isPart = part.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) || $0 == 45 }
    guard isPart, part.utf8.count >= 4 else { return [] }
    return try templates("id LIKE ?1 || '%' OR id LIKE '%' || ?1 ORDER BY id", [.text(part)])
  }

  private func templates(_ condition: String, _ arguments: [SQLValue]) throws -> [Template] {
    var templates: [Template] = []
    try database.query("SELECT \(Template.columns) FROM templates WHERE \(condition)", arguments) {
      templates.append(Template(row: $0))
    }
    return templates
  }
}
