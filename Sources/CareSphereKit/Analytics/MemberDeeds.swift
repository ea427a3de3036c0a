/// What people do, as conditions in SQL: what is sent to somebody is no deed of theirs. SQLite takes the indexes
/// `message_events_deeds` and `member_activities_deeds` only for conditions that are the same expressions as theirs.
enum MemberDeeds {
  /// Over `message_events`.
  static let events = "event IN ('opened', 'clicked')"
  /// Over `member_activities`.
  static let activities = "activity_type NOT IN ('message_sent', 'message_failed')"
}
