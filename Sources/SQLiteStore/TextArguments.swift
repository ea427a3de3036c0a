import CSQLite

/// Texts and NULLs for the parameters of a statement, side by side in memory, so that SQLite can read
/// them where they are: it copies other arguments one by one, which for a row of 25 columns takes as
/// long as a quarter of the row's insertion. They can be made on any thread.
public struct TextArguments: Sendable {
  private var bytes: [UInt8] = []
  /// Of each text its length in bytes; `null` for NULL.
  private var lengths: [Int] = []
  private static let null = -1

  /// None yet.
  public init() {}

  /// How many parameters there are.
  public var count: Int { lengths.count }

  /// Makes room for so many more, which have so many bytes together.
  public mutating func reserveCapacity(_ count: Int, bytes: Int) {
    lengths.reserveCapacity(count)
    self.bytes.reserveCapacity(bytes)
  }

  /// Adds a text, or NULL for nil.
  public mutating func append(_ text: String?) {
    guard var text else { return lengths.append(Self.null) }
    text.withUTF8 { utf8 in
      lengths.append(utf8.count)
      bytes.append(contentsOf: utf8)
    }
  }

  /// Adds those of another list.
  public mutating func append(_ arguments: TextArguments) {
    lengths.append(contentsOf: arguments.lengths)
    bytes.append(contentsOf: arguments.bytes)
  }

  /// Leaves none, and keeps the memory for the next ones.
  public mutating func removeAll() {
    lengths.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Binds all of them, and calls `body` while they stay where they are.
  fileprivate func bind(to statement: Statement, _ body: () throws -> Void) throws {
    try bytes.withUnsafeBufferPointer { all in
      var start = 0
      for (index, length) in lengths.enumerated() {
        if length == Self.null {
          try statement.bind(nil as String?, at: index + 1)
        } else {
          let text = UnsafeBufferPointer(rebasing: all[start..<start + length])
          try statement.bind(inPlace: text, at: index + 1)
          start += length
        }
      }
      try body()
    }
  }
}

extension Statement {
  /// Binds all parameters, in order, and runs to the end: for statements that give no rows.
  /// - Throws: `DatabaseError(.misuse)` where their number is not the statement's; what running throws
  public func run(_ arguments: TextArguments) throws {
    try checkCount(arguments.count)
    defer { sqlite3_clear_bindings(handle) }
    try arguments.bind(to: self) { try run() }
  }
}
