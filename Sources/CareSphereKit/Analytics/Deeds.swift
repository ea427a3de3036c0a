import SQLiteStore

/// All that people did, read in the order of their ids.
struct Deeds {
  private var events: DeedStream
  private var activities: DeedStream

  init(_ database: Database) throws {
    events = try DeedStream(
      database, table: "message_events", time: "at", index: "message_events_deeds",
      condition: MemberDeeds.events)
    activities = try DeedStream(
      database, table: "member_activities", time: "created_at", index: "member_activities_deeds",
      condition: MemberDeeds.activities)
  }

  /// Lets go of the database.
  func close() {
    events.close()
    activities.close()
  }

  /// The first of those whose deeds have not been read; nil where there is nobody left. The id ends with NUL and is valid
  /// until more is read.
  @inline(__always)
  var next: UnsafePointer<UInt8>? {
    guard let event = events.next else { return activities.next }
    guard let activity = activities.next else { return event }
    return IdentifierOrder.compare(event, activity) < 0 ? event : activity
  }

  /// Calls `body` with the time, in seconds since 1970, of each deed of a member who comes after those before.
  /// - Parameter member: an id that ends with NUL.
  @inline(__always)
  mutating func read(of member: UnsafePointer<UInt8>, _ body: (Int) -> Void) throws {
    try events.read(of: member, body)
    try activities.read(of: member, body)
  }
}
