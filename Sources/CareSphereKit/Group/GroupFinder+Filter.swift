import SQLiteStore

extension GroupFinder {
  /// What a group's name in a filter stands for, as the filter compiler asks it.
  /// - Throws: as `resolve`.
  public func reference(_ reference: String) throws -> GroupReference {
    let group = try resolve(reference)
    return group.query.map { .dynamic(query: $0, name: group.name) } ?? .fixed(ids: [group.id])
  }
}

extension FilterCompiler {
  /// The condition, over `members AS m`, that somebody is in a dynamic group. One whose filter cannot be applied any
  /// more, because what it names is gone, has nobody in it.
  public func membership(ofDynamic group: Group) throws -> SQLFragment {
    do {
      return try compile(Filter(parsing: group.query ?? ""), ofGroup: group.name)
    } catch is CareError {
      return .nobody
    }
  }
}
