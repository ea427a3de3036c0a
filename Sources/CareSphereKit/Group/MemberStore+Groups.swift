import SQLiteStore

extension MemberStore {
  /// Takes a member out of a group with assignments.
  /// - Returns: whether they were in it
  @discardableResult
  public func leave(group: String, member: String) throws -> Bool {
    try database.execute(
      "DELETE FROM member_group_assignments WHERE group_id = ? AND member_id = ?",
      [.text(group), .text(member)])
    guard database.changes > 0 else { return false }
    try events.left(member, group: group)
    return true
  }
}
