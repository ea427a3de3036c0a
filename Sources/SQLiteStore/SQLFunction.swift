import CSQLite

/// The arguments of a call from SQL into Swift, from 0.
public struct FunctionArguments {
  let values: UnsafeMutablePointer<OpaquePointer?>?
  /// How many there are.
  public let count: Int

  /// Whether the argument is NULL.
  public func isNull(_ index: Int) -> Bool { sqlite3_value_type(value(index)) == SQLITE_NULL }

  /// The text's bytes, valid until the function returns; nil for NULL.
  public func utf8(_ index: Int) -> UnsafeBufferPointer<UInt8>? {
    guard let value = value(index), let start = sqlite3_value_text(value) else { return nil }
    return UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
  }

  /// The text; nil for NULL.
  public func text(_ index: Int) -> String? { utf8(index).map { String(decoding: $0, as: UTF8.self) } }

  /// The integer, or 0 for NULL.
  public func integer(_ index: Int) -> Int { Int(sqlite3_value_int64(value(index))) }

  private func value(_ index: Int) -> OpaquePointer? { index < count ? values?[index] : nil }
}

extension Database {
  private final class Box {
    let body: (FunctionArguments) -> SQLValue
    init(_ body: @escaping (FunctionArguments) -> SQLValue) { self.body = body }
  }

  /// Lets SQL of this connection call `body`. It can't be used in the schema, so that every other program can still
  /// read and write the file.
  /// - Parameters:
  ///   - arguments: how many it takes; -1 for any number.
  ///   - isDeterministic: whether the result depends on the arguments alone; SQLite then calls it less often.
  public func createFunction(
    _ name: String, arguments: Int, isDeterministic: Bool = true,
    _ body: @escaping (FunctionArguments) -> SQLValue
  ) throws {
    let flags = SQLITE_UTF8 | SQLITE_DIRECTONLY | (isDeterministic ? SQLITE_DETERMINISTIC : 0)
    let code = sqlite3_create_function_v2(
      handle, name, Int32(arguments), flags, Unmanaged.passRetained(Box(body)).toOpaque(),
      { context, count, values in
        guard let data = sqlite3_user_data(context) else { return }
        let box = Unmanaged<Box>.fromOpaque(data).takeUnretainedValue()
        Database.setResult(of: context, box.body(FunctionArguments(values: values, count: Int(count))))
      }, nil, nil, { data in data.map { Unmanaged<Box>.fromOpaque($0).release() } })
    guard code == SQLITE_OK else { throw DatabaseError(code: code, handle: handle) }
  }

  private static func setResult(of context: OpaquePointer?, _ value: SQLValue) {
    switch value {
    case .null: sqlite3_result_null(context)
    case .integer(let integer): sqlite3_result_int64(context, integer)
    case .real(let real): sqlite3_result_double(context, real)
    case .text(var text):
      text.withUTF8 { utf8 in
        utf8.withMemoryRebound(to: CChar.self) {
          caresphere_sqlite3_result_text_transient(
            context, $0.baseAddress ?? Statement.emptyText, Int64($0.count))
        }
      }
    case .blob(let bytes):
      bytes.withUnsafeBytes {
        caresphere_sqlite3_result_blob_transient(context, $0.baseAddress, Int64($0.count))
      }
    }
  }
}
