import CSQLite
import Glibc

/// A failure of SQLite or of the file under it. It carries the statement, never the bound values,
/// because those are people's data and errors end in logs.
public struct DatabaseError: Error, Equatable, Sendable {
  /// What the caller can decide on.
  public enum Kind: Equatable, Sendable {
    /// Another process held the lock for longer than was to be waited.
    case busy
    /// There is no file.
    case missing
    /// The file is no database, or not one of this application.
    case foreign
    /// The file was written by a newer program.
    case newer
    /// The file is damaged.
    case corrupt
    /// The file or its directory can't be written.
    case readOnly
    /// The disk or the quota is full.
    case full
    /// The operating system refused a read, a write or an open.
    case io
    /// SIGINT or SIGTERM arrived.
    case interrupted
    /// A UNIQUE or PRIMARY KEY constraint.
    case unique
    /// A FOREIGN KEY constraint.
    case foreignKey
    /// Any other constraint.
    case constraint
    /// A defect of this program.
    case misuse
  }

  /// What callers decide by; SQLite's own code is in `extendedCode`.
  public var kind: Kind
  /// What went wrong, in our words or SQLite's; no bound value is in it.
  public var message: String
  /// The statement with its placeholders; nil where none was involved.
  public var sql: String?
  /// SQLite's extended result code; 0 where the failure is not SQLite's.
  public var extendedCode: Int32
  /// Whether a file that is not a database, or not ours, may have been one before it was damaged.
  public var mayBeDamage = false

  /// - Parameters:
  ///   - sql: with its placeholders, never with values.
  ///   - extendedCode: SQLite's result code; 0 where the failure is not SQLite's.
  public init(_ kind: Kind, _ message: String, sql: String? = nil, extendedCode: Int32 = 0) {
    self.kind = kind
    self.message = message
    self.sql = sql
    self.extendedCode = extendedCode
  }

  /// The error that the system gives a number to.
  /// - Parameter action: what could not be done: `cannot make care.db`
  init(errno code: Int32, _ action: String) {
    let kind: Kind =
      switch code {
      case EACCES, EROFS, EPERM: .readOnly
      case ENOSPC, EDQUOT: .full
      default: .io
      }
    self.init(kind, "\(action): \(String(cString: strerror(code)))")
  }

  /// The error that a result code stands for.
  /// - Parameters:
  ///   - code: an extended result code other than OK, ROW and DONE
  ///   - handle: the connection whose message is to be taken, where there is one
  ///   - sql: the statement that failed
  init(code: Int32, handle: OpaquePointer?, sql: String? = nil) {
    // SQLite's own message names tables and columns; for constraints and syntax that is what helps,
    // and it holds no bound value.
    let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
    self.init(Self.kind(of: code), message, sql: sql, extendedCode: code)
    mayBeDamage = kind == .foreign
  }

  /// A file that is not a database, or not ours: another one was named, or its beginning is damaged.
  static func unrecognized(_ message: String) -> DatabaseError {
    var error = DatabaseError(.foreign, message)
    error.mayBeDamage = true
    return error
  }

  private static func kind(of code: Int32) -> Kind {
    switch Int(code) {
    case CARESPHERE_CONSTRAINT_UNIQUE, CARESPHERE_CONSTRAINT_PRIMARYKEY, CARESPHERE_CONSTRAINT_ROWID:
      return .unique
    case CARESPHERE_CONSTRAINT_FOREIGNKEY: return .foreignKey
    // What is bound is of the column's type; a sum is of another one only where what was stored is beyond all bounds.
    case CARESPHERE_CONSTRAINT_DATATYPE: return .corrupt
    default: break
    }
    switch code & 0xff {
    case SQLITE_BUSY, SQLITE_LOCKED: return .busy
    case SQLITE_NOTADB: return .foreign
    case SQLITE_CORRUPT: return .corrupt
    case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: return .readOnly
    case SQLITE_FULL: return .full
    // The last is what locks of the log become that the system has none of.
    case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_PROTOCOL: return .io
    case SQLITE_INTERRUPT: return .interrupted
    case SQLITE_CONSTRAINT: return .constraint
    default: return .misuse
    }
  }
}
