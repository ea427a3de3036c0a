import Glibc
import SQLiteStore

/// What can be told of a database at a glance: versions, sizes, counts. It reads indexes, not people.
public struct DatabaseStatus: Sendable {
  /// Of the library in this program, not of the one that wrote the file.
  public var sqliteVersion: String
  /// How many of `Schema.migrations` the file has had.
  public var schemaVersion: Int
  /// When `init` made it; nil where that is not known.
  public var createdAt: String?
  /// The size of the file, in bytes.
  public var fileBytes: Int
  /// The size of the write-ahead log beside it, in bytes.
  public var logBytes: Int
  /// What of the file is not in use, in bytes.
  public var freeBytes: Int
  /// Each status, in the order of `MemberStatus.allCases`, zeros included.
  public var membersByStatus: [(status: MemberStatus, count: Int)]
  /// The other counts, by the names under which they are reported.
  public var counts: [(name: String, count: Int)]
  /// Recipients who are not written to because they may have got their message.
  public var heldRecipients: Int
  /// The titles of the messages that they are of.
  public var heldMessages: [String]
  /// Nil where none has been made.
  public var lastBackup: BackupRecord?
  /// What is wrong with the file; empty where nothing was seen.
  public var problems: [String]

  private static let countedTables: [(name: String, table: String)] = [
    ("groups", "member_groups"), ("templates", "templates"), ("messages", "messages"),
    ("recipients", "message_recipients"),
    ("recipientsPending", "message_recipients WHERE status = 'pending'"),
    ("users", "users"), ("notes", "member_notes"),
    ("activities", "member_activities"), ("imports", "import_batches"), ("auditEntries", "audit_log"),
  ]

  /// Looks at a database. Call it within `Database.read`.
  /// - Throws: `DatabaseError(.corrupt)` where what was looked at is damaged.
  public init(_ database: Database) throws {
    func number(_ sql: String) throws -> Int { try database.first(sql) { $0.integer(0) } ?? 0 }
    sqliteVersion = try database.first("SELECT sqlite_version()") { $0.string(0) } ?? ""
    schemaVersion = try database.pragma("user_version")
    createdAt = try Settings(database).value(.createdAt)
    let pageSize = try database.pragma("page_size")
    fileBytes = Self.size(database.path)
    logBytes = Self.size(database.path + "-wal")
    freeBytes = try database.pragma("freelist_count") * pageSize
    var byStatus: [String: Int] = [:]
    try database.query("SELECT member_status, count(*) FROM members GROUP BY member_status") {
      byStatus[$0.string(0)] = $0.integer(1)
    }
    membersByStatus = MemberStatus.allCases.map { ($0, byStatus[$0.rawValue] ?? 0) }
    counts = try Self.countedTables.map { ($0.name, try number("SELECT count(*) FROM \($0.table)")) }
    heldRecipients = try number("SELECT coalesce(sum(held_count), 0) FROM messages")
    heldMessages = try database.all("SELECT title FROM messages WHERE held_count > 0 ORDER BY id") {
      $0.string(0)
    }
    counts.append(("recipientsHeld", heldRecipients))
    lastBackup = try BackupRecord(database)
    problems = []
    let expected = try database.pragma("page_count") * pageSize
    // While there is a log, the file may lack pages that are still in it.
    if logBytes == 0, fileBytes < expected {
      problems.append("the file is cut off: it has \(fileBytes) of \(expected) bytes")
    }
  }

  private static func size(_ path: String) -> Int {
    var information = stat()
    return stat(path, &information) == 0 ? Int(information.st_size) : 0
  }
}
