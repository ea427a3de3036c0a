import CareSphereKit
import CommandLineKit
import SQLiteStore

/// The flags by which every list of members is narrowed: `FILTER` of the contract.
enum FilterFlags {
  static let specs: [OptionSpec] = [
    OptionSpec(
      "status", "STATUS,…", "Of one of these statuses", value: .choices(MemberStatus.allCases.map(\.rawValue))
    ),
    OptionSpec(
      "group", "GROUP", "In this group; several mean in each of them", value: .name("group"), repeats: true),
    OptionSpec("tag", "TAG", "With this tag; several mean with each of them", repeats: true),
    OptionSpec("city", "CITY", "Of this city"),
    OptionSpec("age-min", "N", "At least this old, in years", value: .integer(0...200)),
    OptionSpec("age-max", "N", "At most this old, in years", value: .integer(0...200)),
    OptionSpec("search", "WORDS", "With these words in name, e-mail or phone"),
    OptionSpec("where", "EXPR", "For whom this filter expression holds, see caresphere-filter(7)"),
  ]

  /// What was typed of them.
  /// - Throws: `CareError(.validation)` for an expression that cannot be read
  static func filter(_ parsed: ParsedArguments) throws -> MemberFilter {
    var filter = MemberFilter()
    filter.statuses = parsed.list("status").compactMap(MemberStatus.init(rawValue:))
    filter.groups = parsed.values("group")
    filter.tags = parsed.values("tag")
    filter.city = parsed.value("city")
    filter.ageMin = parsed.integer("age-min")
    filter.ageMax = parsed.integer("age-max")
    filter.search = parsed.value("search")
    filter.expression = try parsed.value("where").map(Filter.init(parsing:))
    return filter
  }
}

extension Context {
  /// What turns filters into SQL, with the groups of this database.
  func filterCompiler() throws -> FilterCompiler {
    let database = try database()
    try FilterFunctions.register(on: database)
    let finder = GroupFinder(database)
    return FilterCompiler(clock: try clock()) { try finder.reference($0) }
  }

  /// The condition of an expression, over `members AS m`.
  func condition(_ expression: String) throws -> SQLFragment {
    try filterCompiler().compile(Filter(parsing: expression))
  }

  /// The dynamic groups with their conditions.
  func dynamicGroupConditions() throws -> [(name: String, condition: SQLFragment)] {
    let compiler = try filterCompiler()
    return try GroupFinder(database()).all().filter(\.isDynamic).map {
      ($0.name, try compiler.membership(ofDynamic: $0))
    }
  }
}
