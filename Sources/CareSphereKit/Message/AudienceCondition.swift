import SQLiteStore

/// Audiences as conditions on members.
struct AudienceCondition {
  private let finder: GroupFinder
  private let groups: GroupFilters
  private let compiler: FilterCompiler

  /// - Parameter clock: what the relative times and ages of expressions count from.
  init(_ database: Database, clock: Clock) {
    let finder = GroupFinder(database)
    self.finder = finder
    compiler = FilterCompiler(clock: clock) { try finder.reference($0) }
    groups = GroupFilters(database, compiler: compiler)
  }

  /// The condition of an expression, over `members AS m`.
  /// - Throws: `CareError(.validation)` that marks the place of every mistake.
  func compile(_ expression: String) throws -> SQLFragment {
    try compiler.compile(Filter(parsing: expression))
  }

  /// The condition that somebody belongs to an audience, archived people included where they are named or found;
  /// on a connection that has ``FilterFunctions``.
  /// - Throws: `CareError`: `.validation` for an expression that cannot be applied any more, `.conflict` where a group
  ///   has been deleted
  func condition(_ audience: Audience) throws -> SQLFragment {
    var parts: [SQLFragment] = []
    if audience.isEverybody { parts.append(SQLFragment("m.member_status = 'active'")) }
    if !audience.members.isEmpty {
      let condition = SQLCondition.membership("m.id", audience.members)
      parts.append(SQLFragment(condition.sql, condition.arguments))
    }
    for id in audience.groups {
      guard let group = try finder.find(id: id) else {
        throw CareError(
          .conflict, "the group \(id), to which it was to go, has been deleted",
          hint: "say to whom it goes, with: caresphere message update MESSAGE --to-group GROUP")
      }
      parts.append(try groups.condition(group))
    }
    if let expression = audience.expression { parts.append(try compile(expression)) }
    guard let first = parts.first else { return .nobody }
    return parts.dropFirst().reduce(first) { left, right in
      SQLFragment("(\(left.sql) OR \(right.sql))", left.arguments + right.arguments)
    }
  }
}
