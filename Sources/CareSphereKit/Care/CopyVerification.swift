import Glibc
import SQLiteStore

/// Looks through a copy that was just made, before it gets its name.
///
/// All of it, but for a copy that is larger than the memory: SQLite compares the entries of indexes with the rows in no
/// order of the file's, which then reads the disk page by page, for hours. Those are left to `caresphere check`.
struct CopyVerification {
  private let copy: Database
  /// Whether indexes are not compared with the rows.
  let isQuick: Bool

  /// - Parameter memory: of the machine, in bytes.
  init(_ copy: Database, memory: Int = Self.memory) throws {
    self.copy = copy
    isQuick = try copy.pragma("page_count") * copy.pragma("page_size") > memory
  }

  /// What is being done.
  var inWords: String {
    isQuick
      ? "verifying the copy; it is larger than the memory, so its indexes are left to: caresphere check"
      : "verifying the copy"
  }

  /// - Throws: `DatabaseError(.corrupt)` with the first thing that is wrong
  func run() throws {
    let complaints = try DatabaseCheck.complaints(copy, limit: 1, isQuick: isQuick)
    if let complaint = complaints.first { throw DatabaseError(.corrupt, complaint) }
  }

  private static var memory: Int {
    let (pages, size) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
    return pages > 0 && size > 0 ? pages * size : .max
  }
}
