import SQLiteStore

/// Groups as conditions: who is in them, whether they are dynamic or not.
public struct GroupFilters {
  private let database: Database
  private let compiler: FilterCompiler
  private let finder: GroupFinder

  /// - Parameter compiler: for a connection that has ``FilterFunctions``.
  public init(_ database: Database, compiler: FilterCompiler) {
    self.database = database
    self.compiler = compiler
    finder = GroupFinder(database)
  }

  /// The condition, over `members AS m`, that somebody is in a group.
  /// - Throws: `CareError(.validation)` where the filter of a dynamic group cannot be applied any more.
  public func condition(_ group: Group) throws -> SQLFragment {
    try compiler.compile(Filter(.compare(.member(.groups), .equal, group.id)))
  }

  /// How many are in a group.
  /// - Throws: as `condition`.
  public func memberCount(of group: Group) throws -> Int {
    guard group.isDynamic else { return group.assignedCount }
    let condition = try condition(group)
    return try database.first(
      "SELECT count(*) FROM members AS m WHERE \(condition.sql)", condition.arguments
    ) { $0.integer(0) } ?? 0
  }

  /// Checks the filter that a group is to have.
  /// - Parameter name: the group's own name, which the filter must not lead back to.
  /// - Throws: `CareError(.validation)` with the place of the mistake; `CareError(.conflict)` for a circle.
  public func check(_ query: String, ofGroup name: String) throws {
    _ = try compiler.compile(Filter(parsing: query), ofGroup: name)
  }

  /// Runs a change to groups and refuses it where it leaves a dynamic group, sound before, with a filter that
  /// names what is no longer there.
  /// - Throws: what `change` throws; `CareError(.conflict)` naming the groups.
  public func keepingSound<T>(_ change: () throws -> T) throws -> T {
    let before = try unsound()
    let result = try change()
    let broken = try unsound().filter { group in !before.contains { $0.id == group.id } }
    guard broken.isEmpty else {
      let names = broken.map { "“\($0.name)”" }.joined(separator: ", ")
      throw CareError(
        .conflict, "the filter of \(names) needs the group as it is",
        hint: "change that filter first, with: caresphere group update GROUP --where EXPR",
        details: .fields(broken.map { .init($0.id, $0.name) }))
    }
    return result
  }

  /// The dynamic groups whose filter cannot be applied.
  private func unsound() throws -> [Group] {
    try finder.all().filter { group in
      guard let query = group.query else { return false }
      do {
        try check(query, ofGroup: group.name)
        return false
      } catch is CareError {
        return true
      }
    }
  }
}
