import SQLiteStore
import TextFormats

/// Writes templates, each change with its audit entry. Call it within `Database.write`.
public struct TemplateStore {
  private let database: Database
  private let ids: UUIDv7Generator
  private let provenance: Provenance
  private let audit: AuditLog
  private let finder: TemplateFinder

  /// - Parameters:
  ///   - ids: gives the ids of new templates.
  ///   - provenance: who makes the changes; its time becomes theirs.
  public init(_ database: Database, ids: UUIDv7Generator, provenance: Provenance) {
    self.database = database
    self.ids = ids
    self.provenance = provenance
    audit = AuditLog(database, ids: ids, provenance: provenance)
    finder = TemplateFinder(database)
  }

  /// Adds a template.
  /// - Parameter values: checked by `TemplateInput`.
  /// - Throws: `CareError(.conflict)` where the name is taken, whatever the letter case.
  public func add(_ values: TemplateValues) throws -> Template {
    try finder.checkFree(name: values.name)
    let id = ids.next()
    try database.execute(
      """
      INSERT INTO templates (name, name_key, description, template_type, category, subject, content,
        body_format, variables, thumbnail_url, is_active, updated_at, id, created_by, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      columns(values) + [.text(id), .optional(provenance.actorID), .text(provenance.at)])
    try audit.append(entity: "template", id: id, after: values.json)
    return try finder.stored(id: id)
  }

  /// Changes a template; values that stay the same are no change.
  /// - Parameter force: whether it gets another name although something includes it by the old one.
  /// - Throws: `CareError(.conflict)` where the new name is taken, or what includes it would miss it.
  public func update(_ template: Template, to values: TemplateValues, force: Bool = false) throws -> Template
  {
    let (before, after) = AuditLog.changes(from: template.values.json, to: values.json)
    guard !after.isEmpty else { return template }
    if values.nameKey != template.values.nameKey {
      try finder.checkFree(name: values.name)
      if !force { try TemplateDependents(of: template, database).check() }
    }
    try database.execute(
      """
      UPDATE templates SET name = ?, name_key = ?, description = ?, template_type = ?, category = ?, subject = ?,
        content = ?, body_format = ?, variables = ?, thumbnail_url = ?, is_active = ?, updated_at = ?
      WHERE id = ?
      """, columns(values) + [.text(template.id)])
    try audit.append(entity: "template", id: template.id, before: before, after: after)
    return try finder.stored(id: template.id)
  }

  /// Deletes a template; messages that were made from it stay, for they have copies.
  /// - Parameter force: whether it goes although something includes it.
  /// - Throws: `CareError(.conflict)` where another template, or a message that is still to be sent, includes it.
  public func delete(_ template: Template, force: Bool = false) throws {
    if !force { try TemplateDependents(of: template, database).check() }
    try database.execute("DELETE FROM templates WHERE id = ?", [.text(template.id)])
    try audit.append(entity: "template", id: template.id, before: template.values.json)
  }

  /// What `add` and `update` write, from the name to the time of the change.
  private func columns(_ values: TemplateValues) -> [SQLValue] {
    [
      .text(values.name), .text(values.nameKey), .optional(values.description), .text(values.type.rawValue),
      .optional(values.category), .optional(values.subject), .text(values.content),
      .text(values.bodyFormat.rawValue), .text(JSONWriter.string(.strings(values.variables))),
      .optional(values.thumbnailURL), .int(values.isActive ? 1 : 0), .text(provenance.at),
    ]
  }
}
