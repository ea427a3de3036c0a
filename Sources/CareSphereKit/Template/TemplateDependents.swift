import SQLiteStore
import TextFormats

/// What could not be sent any more without a template, because it includes it as a partial.
struct TemplateDependents {
  /// The ids and names of what includes it.
  private(set) var names: [CareError.FieldProblem] = []
  private let template: Template

  /// Looks through the other templates, and the messages that are still to be sent; later ones have the partials
  /// with them.
  init(of template: Template, _ database: Database) throws {
    self.template = template
    let key = template.values.nameKey
    func includes(_ texts: [String]) -> Bool {
      texts.contains { text in
        MustacheTemplate.parse(text).template.tags.contains {
          $0.kind == .partial && CaseFolding.fold($0.name) == key
        }
      }
    }
    for other in try TemplateFinder(database).all() where other.id != template.id {
      if includes(other.values.texts.map(\.text)) {
        names.append(.init(other.id, "template “\(other.name)”"))
      }
    }
    try database.query(
      """
      SELECT id, title, subject, content FROM messages WHERE status IN ('draft', 'scheduled')
      ORDER BY created_at, id
      """
    ) { row in
      if includes([row.text(2), row.text(3)].compactMap(\.self)) {
        names.append(.init(row.string(0), "message “\(row.string(1))”"))
      }
    }
  }

  /// - Throws: `CareError(.conflict)` that names them, if there are any.
  func check() throws(CareError) {
    guard let first = names.first else { return }
    let others = names.count > 1 ? " and \(names.count - 1) more" : ""
    throw CareError(
      .conflict, "“\(template.name)” is included by the \(first.reason)\(others)",
      hint: "take {{> \(template.name)}} out of them first, or add --force", details: .fields(names))
  }
}
