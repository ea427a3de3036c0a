import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere group list`.
enum GroupList {
  private enum SortField: String, CaseIterable {
    case name, type, memberCount, createdAt, updatedAt
  }

  static let command = Command(
    CommandSpec(
      name: "list",
      abstract: "List the groups",
      discussion: "Lists all groups with their numbers of members; of dynamic ones they are counted now.",
      options: PageOptions.specs(sort: SortField.allCases.map(\.rawValue), byDefault: "name"),
      examples: [
        .init("caresphere group list", "All groups."),
        .init("caresphere group list --sort memberCount --order desc --limit 5", "The five largest."),
      ]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    try context.output.check(columns: GroupOutput.columns)
    let page = PageOptions(context.parsed)
    let field = page.sort.flatMap(SortField.init(rawValue:)) ?? .name
    let (total, records) = try context.database().read { () -> (Int, [JSONObject]) in
      let groups = try GroupFinder(try context.database()).all()
      // Only what is shown need be counted, unless the count decides what is shown.
      guard field == .memberCount else {
        let ordered = field == .name ? groups : groups.sorted { key($0, field) < key($1, field) }
        return (
          groups.count, try page.slice(page.order == .desc ? ordered.reversed() : ordered).map(context.record)
        )
      }
      let ordered = try groups.map(context.record).sorted { count($0) < count($1) }
      return (groups.count, page.slice(page.order == .desc ? ordered.reversed() : ordered))
    }
    try context.output.emit(
      list: "groups", columns: GroupOutput.columns, pagination: page.pagination { total }, records: records)
  }

  private static func key(_ group: Group, _ field: SortField) -> String {
    switch field {
    case .type: CaseFolding.fold(group.type ?? "")
    case .createdAt: group.createdAt
    case .updatedAt: group.updatedAt
    case .name, .memberCount: ""
    }
  }

  private static func count(_ record: JSONObject) -> Int {
    if case .number(let count)? = record["memberCount"] { return Int(count) ?? 0 }
    return 0
  }
}
