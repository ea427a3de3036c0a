import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere template list`.
enum TemplateList {
  private enum SortField: String, CaseIterable {
    case name, templateType, category, usageCount, createdAt, updatedAt
  }

  static let command = Command(
    CommandSpec(
      name: "list",
      abstract: "List the templates",
      options: [
        OptionSpec(
          "type", "TYPE", "Only those of this type", value: .choice(TemplateType.allCases.map(\.rawValue))),
        .flag("active", "Only those that are for use"),
      ] + PageOptions.specs(sort: SortField.allCases.map(\.rawValue), byDefault: "name"),
      examples: [
        .init("caresphere template list", "All templates."),
        .init("caresphere template list --type sms --active --fields name", "What can be sent by SMS."),
      ]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    try context.output.check(columns: TemplateOutput.columns)
    let page = PageOptions(context.parsed)
    let type = context.parsed.value("type").flatMap(TemplateType.init(rawValue:))
    let onlyActive = context.parsed.has("active")
    let found = try TemplateFinder(try context.database()).all().filter { template in
      (type == nil || template.values.type == type) && (!onlyActive || template.values.isActive)
    }
    let sorted = sorted(found, by: page.sort.flatMap(SortField.init(rawValue:)) ?? .name)
    let ordered = page.order == .desc ? sorted.reversed() : sorted
    try context.output.emit(
      list: "templates", columns: TemplateOutput.columns, pagination: page.pagination { found.count },
      records: page.slice(ordered).map(\.json))
  }

  /// - Parameter templates: by name, which stays their order where the field is the same.
  private static func sorted(_ templates: [Template], by field: SortField) -> [Template] {
    switch field {
    case .name: templates
    case .templateType: templates.sorted { $0.values.type.rawValue < $1.values.type.rawValue }
    case .category:
      templates.sorted {
        CaseFolding.fold($0.values.category ?? "") < CaseFolding.fold($1.values.category ?? "")
      }
    case .usageCount: templates.sorted { $0.usageCount < $1.usageCount }
    case .createdAt: templates.sorted { $0.createdAt < $1.createdAt }
    case .updatedAt: templates.sorted { $0.updatedAt < $1.updatedAt }
    }
  }
}
