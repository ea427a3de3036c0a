import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere rule list`.
enum RuleList {
  private enum SortField: String, CaseIterable {
    case name, triggerType, actionType, runCount, lastRunAt, createdAt, updatedAt

    /// By what rules are compared.
    func key(of rule: Rule) -> String {
      switch self {
      case .name: CaseFolding.fold(rule.name)
      case .triggerType: rule.values.triggerType.rawValue
      case .actionType: rule.values.actionType.rawValue
      case .runCount:
        String(repeating: "0", count: max(0, 19 - "\(rule.runCount)".utf8.count)) + "\(rule.runCount)"
      case .lastRunAt: rule.lastRunAt ?? ""
      case .createdAt: rule.createdAt
      case .updatedAt: rule.updatedAt
      }
    }
  }

  static let command = Command(
    CommandSpec(
      name: "list",
      abstract: "List the rules",
      options: [.flag("active", "Only those that are enabled")]
        + PageOptions.specs(sort: SortField.allCases.map(\.rawValue), byDefault: "name"),
      examples: [
        .init("caresphere rule list", "All rules."),
        .init("caresphere rule list --sort lastRunAt --order desc --limit 5", "Which have acted of late?"),
      ]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    try context.output.check(columns: RuleOutput.columns)
    let page = PageOptions(context.parsed)
    let isActive = context.parsed.has("active")
    let found = try RuleFinder(try context.database()).all().filter { !isActive || $0.values.isActive }
    let field = page.sort.flatMap(SortField.init(rawValue:)) ?? .name
    // They come by name, which stays their order where the field is the same.
    let sorted = found.map { (key: field.key(of: $0), rule: $0) }
      .sorted { page.order == .desc ? $0.key > $1.key : $0.key < $1.key }.map(\.rule)
    try context.output.emit(
      list: "rules", columns: RuleOutput.columns, pagination: page.pagination { found.count },
      records: page.slice(sorted).map(\.json))
  }
}
