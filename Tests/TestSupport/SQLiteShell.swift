import Foundation
import Testing

/// A look at a database with the `sqlite3` shell, which knows nothing of our code. It reads only, and
/// never moves the write-ahead log into the file.
public struct SQLiteShell {
  private let sandbox: Sandbox
  private let database: String

  /// - Throws: ends the test where the shell is not installed.
  public init(_ sandbox: Sandbox, database: String? = nil) throws {
    try Requirement.tool("sqlite3")
    self.sandbox = sandbox
    self.database = database ?? sandbox.database
  }

  /// The result's rows, each with its columns joined by `|`.
  public func rows(_ sql: String) throws -> [String] { try run(["-list"], sql).lines }

  /// The first column of the first row; an empty text where there is none.
  public func value(_ sql: String) throws -> String { try rows(sql).first ?? "" }

  /// The first column of the first row as a number.
  public func count(_ sql: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Int {
    let value = try value(sql)
    return try #require(Int(value), "\(sql) gave \(value)", sourceLocation: sourceLocation)
  }

  /// Changes what is stored, as nothing but a test does.
  public func change(_ sql: String) throws {
    try sandbox.execute(["sqlite3", "-batch", "-bail", database, sql]).succeeded()
  }

  /// A digest of all that the database's tables hold.
  public func digest() throws -> String { try run([], ".sha3sum").stdout }

  /// Expects that SQLite finds the file sound, all foreign keys included.
  public func expectSound(sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(try rows("PRAGMA integrity_check") == ["ok"], sourceLocation: sourceLocation)
    #expect(try rows("PRAGMA foreign_key_check") == [], sourceLocation: sourceLocation)
  }

  private func run(_ flags: [String], _ sql: String) throws -> Outcome {
    try sandbox.execute(["sqlite3", "-batch", "-readonly"] + flags + [database, sql]).succeeded()
  }
}
