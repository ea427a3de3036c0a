extension MemberStore {
  /// Records a decision of a member about a channel, as a change to the member.
  public func decide(_ state: ConsentState, _ channel: Channel, by member: Member, reason: String?) throws {
    try consents.set(state, channel, of: member.id, reason: reason, source: provenance.command)
    _ = try touch(member)
    try events.decided(member.id)
  }

  /// Counts a change to what belongs to a member as one to the member, so that undoing the import of a
  /// member does not undo it.
  func touch(_ member: Member) throws -> Member {
    var member = member
    member[.updatedAt] = provenance.at
    member.revision += 1
    try database.execute(
      "UPDATE members SET updated_at = ?, revision = ? WHERE row_id = ?",
      [.text(provenance.at), .int(member.revision), .int(member.rowID)])
    return member
  }
}
