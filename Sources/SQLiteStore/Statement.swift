import CSQLite

/// A prepared statement. It belongs to one `Database` and to its thread.
public final class Statement {
  let handle: OpaquePointer
  let connection: OpaquePointer
  /// With its placeholders, never with values, as errors carry it.
  public let sql: String

  init(connection: OpaquePointer, sql: String, persistent: Bool) throws {
    var handle: OpaquePointer?
    let flags = persistent ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
    let code = sqlite3_prepare_v3(connection, sql, -1, flags, &handle, nil)
    guard code == SQLITE_OK, let handle else {
      throw DatabaseError(code: code == SQLITE_OK ? SQLITE_MISUSE : code, handle: connection, sql: sql)
    }
    self.handle = handle
    self.connection = connection
    self.sql = sql
  }

  deinit { sqlite3_finalize(handle) }

  // MARK: Binding

  /// Binds all parameters, in order.
  /// - Throws: `DatabaseError(.misuse)` where their number is not the statement's
  public func bind(_ arguments: [SQLValue]) throws {
    try checkCount(arguments.count)
    for (index, argument) in arguments.enumerated() { try bind(argument, at: index + 1) }
  }

  /// Makes sure that there are as many arguments as parameters.
  func checkCount(_ count: Int) throws {
    let parameters = Int(sqlite3_bind_parameter_count(handle))
    guard count == parameters else {
      throw DatabaseError(.misuse, "\(count) arguments for \(parameters) parameters", sql: sql)
    }
  }

  /// Binds the parameter at `index`, from 1.
  public func bind(_ value: SQLValue, at index: Int) throws {
    switch value {
    case .null: try check(sqlite3_bind_null(handle, Int32(index)))
    case .integer(let integer): try check(sqlite3_bind_int64(handle, Int32(index), integer))
    case .real(let real): try check(sqlite3_bind_double(handle, Int32(index), real))
    case .text(let text): try bind(text, at: index)
    case .blob(let bytes):
      try bytes.withUnsafeBytes {
        try check(
          caresphere_sqlite3_bind_blob_transient(handle, Int32(index), $0.baseAddress, Int64($0.count)))
      }
    }
  }

  /// Binds a text, or NULL, at `index`, from 1. SQLite copies it.
  public func bind(_ text: String?, at index: Int) throws {
    guard var text else { return try check(sqlite3_bind_null(handle, Int32(index))) }
    try text.withUTF8 { utf8 in
      try utf8.withMemoryRebound(to: CChar.self) { chars in
        try check(
          caresphere_sqlite3_bind_text_transient(
            handle, Int32(index), chars.baseAddress ?? Self.emptyText, Int64(chars.count)))
      }
    }
  }

  /// Binds a text at `index`, from 1, that stays where it is until the statement has run and its
  /// bindings are cleared. SQLite does not copy it.
  func bind(inPlace utf8: UnsafeBufferPointer<UInt8>, at index: Int) throws {
    let start = utf8.baseAddress.map { UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self) }
    try check(
      sqlite3_bind_text64(
        handle, Int32(index), start ?? Self.emptyText, UInt64(utf8.count), nil, UInt8(SQLITE_UTF8)))
  }

  /// An empty text has no address, and no address would be bound as NULL.
  nonisolated(unsafe) static let emptyText: UnsafePointer<CChar> = {
    let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    pointer.initialize(to: 0)
    return UnsafePointer(pointer)
  }()

  /// Binds an integer at `index`, from 1.
  public func bind(_ integer: Int, at index: Int) throws {
    try check(sqlite3_bind_int64(handle, Int32(index), Int64(integer)))
  }

  // MARK: Running

  /// Goes to the next row.
  /// - Returns: whether there is one
  public func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      let error = DatabaseError(code: code, handle: connection, sql: sql)
      sqlite3_reset(handle)
      throw error
    }
  }

  /// Runs to the end, for statements that give no rows, and makes ready for the next run.
  public func run() throws {
    while try step() {}
    reset()
  }

  /// Makes ready for the next run; bound values stay.
  public func reset() { sqlite3_reset(handle) }

  // MARK: Reading the current row; columns from 0

  /// How many columns a row has.
  public var columnCount: Int { Int(sqlite3_column_count(handle)) }

  /// The column's name, as the statement gives it.
  public func columnName(_ column: Int) -> String {
    sqlite3_column_name(handle, Int32(column)).map { String(cString: $0) } ?? ""
  }

  /// Whether the value is NULL.
  public func isNull(_ column: Int) -> Bool { sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL }

  /// The text's bytes, valid until the next step or reset; nil for NULL.
  public func utf8(_ column: Int) -> UnsafeBufferPointer<UInt8>? {
    guard let start = sqlite3_column_text(handle, Int32(column)) else { return nil }
    return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, Int32(column))))
  }

  /// The text's bytes and a NUL after them, valid until the next step or reset; nil for NULL. It asks SQLite half as
  /// much as `utf8`, for millions of rows.
  public func terminated(_ column: Int) -> UnsafePointer<UInt8>? {
    sqlite3_column_text(handle, Int32(column))
  }

  /// The text; nil for NULL.
  public func text(_ column: Int) -> String? {
    utf8(column).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The text, or "" for NULL: for columns that are NOT NULL.
  public func string(_ column: Int) -> String { text(column) ?? "" }

  /// The integer, or 0 for NULL.
  public func integer(_ column: Int) -> Int { Int(sqlite3_column_int64(handle, Int32(column))) }

  /// The integer; nil for NULL.
  public func optionalInteger(_ column: Int) -> Int? { isNull(column) ? nil : integer(column) }

  /// The number, or 0 for NULL.
  public func real(_ column: Int) -> Double { sqlite3_column_double(handle, Int32(column)) }

  /// Whether the integer is other than 0; false for NULL.
  public func bool(_ column: Int) -> Bool { integer(column) != 0 }

  /// The value with its type.
  public func value(_ column: Int) -> SQLValue {
    switch sqlite3_column_type(handle, Int32(column)) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, Int32(column)))
    case SQLITE_FLOAT: return .real(real(column))
    case SQLITE_TEXT: return .text(string(column))
    case SQLITE_BLOB:
      let count = Int(sqlite3_column_bytes(handle, Int32(column)))
      return .blob(
        [UInt8](UnsafeRawBufferPointer(start: sqlite3_column_blob(handle, Int32(column)), count: count)))
    default: return .null
    }
  }

  private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw DatabaseError(code: code, handle: connection, sql: sql) }
  }
}
