import Glibc

/// The order in which SQLite has ids.
enum IdentifierOrder {
  /// Less than 0 where the first id comes before the second, more than 0 where it comes after, else 0.
  /// - Parameters: ids that end with NUL.
  @inline(__always)
  static func compare(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>) -> Int32 {
    left.withMemoryRebound(to: CChar.self, capacity: 1) { left in
      right.withMemoryRebound(to: CChar.self, capacity: 1) { strcmp(left, $0) }
    }
  }
}
