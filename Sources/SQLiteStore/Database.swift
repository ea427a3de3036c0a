import CSQLite
import Glibc

/// One connection to one file, for one thread.
public final class Database {
  /// What a connection needs to know beyond the path.
  public struct Options: Sendable {
    /// The number in the file's header that says whose file it is (`PRAGMA application_id`).
    public var applicationID: Int
    /// How long to wait for another writer, in milliseconds.
    public var lockTimeout: Int
    /// Asked again and again during long statements and waits; `true` ends them with `.interrupted`.
    public var interrupted: @Sendable () -> Bool

    /// - Parameters:
    ///   - applicationID: of `PRAGMA application_id`.
    ///   - lockTimeout: in milliseconds.
    ///   - interrupted: asked on the thread of the connection.
    public init(
      applicationID: Int, lockTimeout: Int = 30_000, interrupted: @escaping @Sendable () -> Bool = { false }
    ) {
      self.applicationID = applicationID
      self.lockTimeout = lockTimeout
      self.interrupted = interrupted
    }
  }

  /// The real path, without links in its folders; `:memory:` where there is no file.
  public let path: String
  /// Whether it cannot be written to, as on a disk that is mounted for reading.
  public var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") == 1 }
  let handle: OpaquePointer
  let options: Options
  let writerLock: WriterLock
  var transactionDepth = 0
  /// Whether signals are passed over, for the length of `uninterrupted`.
  var isShielded = false
  /// When long statements end as interrupted, for the length of `within`.
  var deadline: ContinuousClock.Instant?
  private var statements: [String: Statement] = [:]

  // MARK: Opening

  /// Opens an existing database, after judging the file.
  /// - Throws: `DatabaseError`: `.missing`, `.foreign`, `.newer`, `.corrupt`, `.readOnly`, `.io`
  public static func open(path: String, options: Options, migrations: [Migration]) throws -> Database {
    let database = try inspect(path: path, options: options, latestVersion: migrations.count)
    try database.migrate(migrations)
    return database
  }

  /// Opens an existing database, after judging the file, as it is: one of an older schema stays so.
  /// - Parameter latestVersion: the newest schema that the program knows.
  /// - Throws: as `open`
  public static func inspect(path: String, options: Options, latestVersion: Int) throws -> Database {
    umask(0o077)
    for _ in 0..<5 {
      let file = try DatabaseFile(existingAt: path)
      let database = try inspect(file, options: options, latestVersion: latestVersion)
      // The log is found by its name: it would be that of the file that has just taken this one's place.
      if !database.isReplaced { return database }
    }
    throw DatabaseError(.busy, "\(path) is replaced again and again")
  }

  private static func inspect(
    _ file: DatabaseFile, options: Options, latestVersion: Int
  ) throws -> Database {
    let database = try Database(path: file.path, options: options)
    do {
      try database.checkIdentity(latestVersion: latestVersion)
      return database
    } catch  where database.isReplaced {
      return database
    } catch let error as DatabaseError where [.io, .readOnly].contains(error.kind) && file.isOnReadOnlyDisk {
      // Without an index beside it, which cannot be made there, a log can be neither read nor added to.
      let database = try Database(path: file.path, options: options, isImmutable: true)
      try database.checkIdentity(latestVersion: latestVersion)
      return database
    }
  }

  /// Makes a new database: complete under another name first, which then becomes `path`, so that no half
  /// of one is ever to be seen there.
  /// - Parameter fill: writes what belongs into it from the start, in the same transaction as the schema
  /// - Throws: `DatabaseError`; `.unique` where something is at `path` already
  public static func create(
    path: String, options: Options, migrations: [Migration], fill: (Database) throws -> Void
  ) throws {
    umask(0o077)
    let exists = DatabaseError(.unique, "\(path) exists already")
    var information = stat()
    guard lstat(path, &information) != 0 else { throw exists }
    // Not by the process's number alone: in a container that is the same each time, and so is that of a killed one.
    let draft = "\(path).new-\(getpid())-\(String(UInt32.random(in: .min ... .max), radix: 36))"
    let descriptor = Glibc.open(draft, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw DatabaseError(errno: errno, "cannot make \(path)")
    }
    close(descriptor)
    defer { for suffix in ["", "-wal", "-shm", "-journal", ".lock"] { unlink(draft + suffix) } }
    try Database(path: try DatabaseFile.realPath(draft), options: options)
      .becomeNew(migrations: migrations, fill: fill)
    guard DatabaseFile.place(draft, at: path) else {
      if errno == EEXIST { throw exists }
      throw DatabaseError(errno: errno, "cannot make \(path)")
    }
    DatabaseFile.syncFolder(of: path)
  }

  /// - Parameter isImmutable: whether nobody can change the file, so that it is read without locks and log.
  init(path: String, options: Options, isImmutable: Bool = false) throws {
    var handle: OpaquePointer?
    let access = isImmutable ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI : SQLITE_OPEN_READWRITE
    let flags = access | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX
    let name = isImmutable ? DatabaseFile.uri(path) + "?immutable=1" : path
    let code = sqlite3_open_v2(name, &handle, flags, nil)
    guard code == SQLITE_OK, let handle else {
      let error = DatabaseError(code: code, handle: handle)
      sqlite3_close_v2(handle)
      throw error
    }
    self.path = path
    self.handle = handle
    self.options = options
    self.writerLock = WriterLock(path: path + ".lock")
    try configure()
  }

  deinit {
    statements = [:]
    sqlite3_close_v2(handle)
  }

  private func configure() throws {
    sqlite3_busy_timeout(handle, Int32(clamping: options.lockTimeout))
    let switches: [(Int32, Bool)] = [
      (SQLITE_DBCONFIG_DEFENSIVE, true), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
      (SQLITE_DBCONFIG_DQS_DML, false), (SQLITE_DBCONFIG_DQS_DDL, false),
      (SQLITE_DBCONFIG_ENABLE_FKEY, true), (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, false),
      (SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true),
    ]
    for (option, on) in switches { try configure(option, on) }
    // The hook that a checkpoint would hang on is left empty: checkpoints are made only by whoever
    // holds the writer lock (see `checkpoint`).
    sqlite3_wal_autocheckpoint(handle, 0)
    let context = Unmanaged.passUnretained(self).toOpaque()
    sqlite3_progress_handler(
      handle, 20_000,
      { context in
        guard let context else { return 0 }
        return Unmanaged<Database>.fromOpaque(context).takeUnretainedValue().isInterrupted ? 1 : 0
      }, context)
  }

  /// Sets a switch of the connection and reads it back.
  func configure(_ option: Int32, _ on: Bool) throws {
    var now: Int32 = -1
    let code = caresphere_sqlite3_db_config_flag(handle, option, on ? 1 : 0, &now)
    guard code == SQLITE_OK, now == (on ? 1 : 0) else {
      throw DatabaseError(.misuse, "SQLite refuses configuration option \(option)")
    }
  }

  /// The first statements that read the file, so the first that notice what it is.
  private func checkIdentity(latestVersion: Int) throws {
    let applicationID: Int
    do {
      applicationID = try pragma("application_id")
    } catch let error as DatabaseError where error.kind == .foreign || error.kind == .corrupt {
      // The first look into the file: SQLite's message does not say which file it is.
      var told = error
      told.message = error.kind == .foreign ? "\(path) is not a database" : "\(path): \(error.message)"
      throw told
    }
    guard applicationID == options.applicationID else {
      throw DatabaseError.unrecognized("\(path) is a database of another application")
    }
    let version = try pragma("user_version")
    guard version <= latestVersion else {
      throw DatabaseError(
        .newer, "\(path) has schema version \(version); this program knows up to \(latestVersion)")
    }
    try execute("PRAGMA synchronous = FULL")
    try execute("PRAGMA cell_size_check = ON")
    try execute("PRAGMA mmap_size = 0")
  }

  private func becomeNew(migrations: [Migration], fill: (Database) throws -> Void) throws {
    try execute("PRAGMA synchronous = FULL")
    try execute("PRAGMA application_id = \(options.applicationID)")
    try write {
      for migration in migrations { try executeScript(migration.sql) }
      try fill(self)
      try execute("PRAGMA user_version = \(migrations.count)")
    }
    // The file moves under its real name before anybody else opens it, so nothing may stay behind
    // in a log beside the old one.
    try configure(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
    try execute("PRAGMA journal_mode = WAL")
  }

  /// The value of a pragma that is one number.
  public func pragma(_ name: StaticString) throws -> Int {
    try first("PRAGMA \(name)") { $0.integer(0) } ?? 0
  }

  // MARK: Statements

  /// The statement for this text, prepared once for each connection.
  public func prepare(_ sql: String) throws -> Statement {
    if let statement = statements[sql] {
      statement.reset()
      return statement
    }
    let statement = try Statement(connection: handle, sql: sql, persistent: true)
    statements[sql] = statement
    return statement
  }

  /// The texts of the statements that are kept, for tests that ask how SQLite carries them out.
  var preparedSQL: [String] { statements.keys.sorted() }

  /// Runs a statement that gives no rows.
  public func execute(_ sql: String, _ arguments: [SQLValue] = []) throws {
    try query(sql, arguments) { _ in }
  }

  /// Calls `row` for each row. The statement is this call's own, so `row` may run others, the same
  /// text included.
  public func query(_ sql: String, _ arguments: [SQLValue] = [], _ row: (Statement) throws -> Void) throws {
    try run(sql, arguments) { statement in
      while try statement.step() { try row(statement) }
    }
  }

  /// What `row` makes of the first row; nil where there is none.
  public func first<T>(_ sql: String, _ arguments: [SQLValue] = [], _ row: (Statement) throws -> T) throws
    -> T?
  {
    try run(sql, arguments) { try $0.step() ? row($0) : nil }
  }

  /// What `row` makes of each row.
  public func all<T>(_ sql: String, _ arguments: [SQLValue] = [], _ row: (Statement) throws -> T) throws
    -> [T]
  {
    var all: [T] = []
    try query(sql, arguments) { all.append(try row($0)) }
    return all
  }

  /// Whether there is a row.
  public func exists(_ sql: String, _ arguments: [SQLValue] = []) throws -> Bool {
    try run(sql, arguments) { try $0.step() }
  }

  /// Calls `body` with a statement that is this call's own as long as it runs.
  private func run<T>(_ sql: String, _ arguments: [SQLValue], _ body: (Statement) throws -> T) throws -> T {
    let statement =
      try statements.removeValue(forKey: sql) ?? Statement(connection: handle, sql: sql, persistent: true)
    defer {
      statement.reset()
      statements[sql] = statement
    }
    try statement.bind(arguments)
    return try body(statement)
  }

  /// Runs several statements in one text, without parameters: for schemas.
  public func executeScript(_ sql: String) throws {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw DatabaseError(code: code, handle: handle, sql: sql) }
  }

  /// Rows that the last INSERT, UPDATE or DELETE changed.
  public var changes: Int { Int(sqlite3_changes64(handle)) }

  /// The rowid of the last INSERT.
  public var lastInsertedRow: Int { Int(sqlite3_last_insert_rowid(handle)) }

  /// How much of the file is kept in memory, in KiB: more for work that touches all of it.
  public func setCacheSize(kibibytes: Int) throws { try execute("PRAGMA cache_size = -\(kibibytes)") }

  /// Keeps in memory what SQLite would write to temporary files: for many savepoints, each of which sets pages aside
  /// that it may have to put back. Not for what sorts much. Call it outside of transactions.
  public func keepTemporaryInMemory() throws { try execute("PRAGMA temp_store = MEMORY") }
}
