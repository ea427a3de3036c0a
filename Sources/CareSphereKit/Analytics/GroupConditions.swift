import SQLiteStore

/// Who is in each dynamic group, as conditions on `members AS m`: they are asked in the one pass over the people instead
/// of in one for each group.
struct GroupConditions {
  private(set) var names: [String] = []
  /// In the order of the names. One whose filter cannot be applied any more has nobody in it.
  private(set) var conditions: [SQLFragment] = []

  /// Each as a column: 1 for who is in the group. SQLite leaves a CASE as soon as a part of its condition does not hold,
  /// but works out all of a condition that is a column itself.
  var columns: [String] { conditions.map { "CASE WHEN \($0.sql) THEN 1 ELSE 0 END" } }

  init(_ scope: AnalyticsScope, _ database: Database) throws {
    let finder = GroupFinder(database)
    let groups = try finder.all().filter(\.isDynamic)
    guard !groups.isEmpty else { return }
    try FilterFunctions.register(on: database)
    let compiler = FilterCompiler(clock: scope.clock) { try finder.reference($0) }
    names = groups.map(\.name)
    conditions = try groups.map(compiler.membership(ofDynamic:))
  }
}
