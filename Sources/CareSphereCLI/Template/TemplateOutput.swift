import CareSphereKit
import CommandLineKit
import TextFormats

/// How templates are shown.
enum TemplateOutput {
  /// The fields of a template, in the API design's names.
  static let columns = [
    Column("id", .id), Column("name"), Column("description", shownInTable: false), Column("templateType"),
    Column("category"), Column("subject"), Column("content", shownInTable: false),
    Column("bodyFormat", shownInTable: false), Column("variables", .list, shownInTable: false),
    Column("thumbnailUrl", shownInTable: false), Column("isActive", .boolean),
    Column("usageCount", .integer), Column("createdBy", shownInTable: false),
    Column("createdAt", shownInTable: false), Column("updatedAt", shownInTable: false),
  ]

  /// Shows one template.
  static func emit(_ template: Template, _ context: Context) throws {
    try context.output.emit(record: template.json, columns: columns)
  }

  /// A template as reports name it.
  static func reference(_ template: Template) -> JSONValue {
    ["id": .string(template.id), "name": .string(template.name)]
  }
}

extension ArgumentSpec {
  /// TEMPLATE.
  static let template = ArgumentSpec(
    "TEMPLATE", "A name, or an id or part of one", value: .name("template"))
}

extension Context {
  /// The template that the command line names.
  func template() throws -> Template {
    try TemplateFinder(try database()).resolve(parsed.argument(ArgumentSpec.template.name) ?? "")
  }
}
