import SQLiteStore

/// Who is in each dynamic group, as conditions on `members AS m`: they are asked in the one pass over the people instead
/// of in one for each group.
struct GroupConditions {
  private(set) var names: [String] = []
  /// In the order of the names. One whose filter cannot be applied any more has nobody in it.
  private(set) var conditions: [SQLFragment] = []

  init(_ scope: AnalyticsScope, _ database: Database) throws {
    let finder = GroupFinder(database)
    let groups = try finder.all().filter(\.isDynamic)
    guard !groups.isEmpty else { return }
    try FilterFunctions.register(on: database)
    let filters = GroupFilters(
      database, compiler: FilterCompiler(clock: scope.clock) { try finder.reference($0) })
    for group in groups {
      names.append(group.name)
      do {
        conditions.append(try filters.condition(group))
      } catch is CareError {
        conditions.append(.nobody)
      }
    }
  }
}
