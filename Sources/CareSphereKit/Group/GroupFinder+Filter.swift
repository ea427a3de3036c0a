extension GroupFinder {
  /// What a group's name in a filter stands for, as the filter compiler asks it.
  /// - Throws: as `resolve`.
  public func reference(_ reference: String) throws -> GroupReference {
    let group = try resolve(reference)
    return group.query.map { .dynamic(query: $0, name: group.name) } ?? .fixed(ids: [group.id])
  }
}
