import SQLiteStore

/// What a caresphere database consists of, as the steps that lead to it.
///
/// A released step is never edited: a change is a new step. Columns are the API design's, in
/// snake_case; ids are version 7 UUIDs as text, times are `YYYY-MM-DDTHH:MM:SSZ` in UTC. Nothing in
/// the schema calls a function of ours, so any SQLite program can read and write the file.
public enum Schema {
  /// "CARE" in ASCII, in the file's header.
  public static let applicationID = 0x4341_5245

  /// The steps from an empty file to the schema of today.
  public static let migrations: [Migration] = [
    Migration(
      name: "people, groups, users and what is kept about changes",
      sql: [userTables, memberTables, memberSearch, groupTables, importTables, careTables].joined()),
    Migration(name: "logins and service tokens", sql: loginTables),
    Migration(name: "templates", sql: templateTables),
    Migration(
      name: "messages, their recipients and what became of them",
      sql: [messageTables, messageEventTables, verificationTables].joined()),
    Migration(
      name: "rules, what they have done and what they are to do",
      sql: [ruleTables, ruleLedgerTables].joined()),
    Migration(name: "what analytics need of the past", sql: analyticsTables),
    Migration(name: "analytics by indexes alone", sql: analyticsIndexes),
  ]
}
