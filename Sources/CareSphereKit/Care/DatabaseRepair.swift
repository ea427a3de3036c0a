import SQLiteStore
import TextFormats

/// Makes anew what follows from the rest of a database: indexes, the search index, counters, keys. What people have
/// decided or written is not touched.
public struct DatabaseRepair {
  private let database: Database
  private let ids: UUIDv7Generator
  private let provenance: Provenance

  /// - Parameters:
  ///   - ids: gives the ids of audit entries.
  ///   - provenance: who repairs; its time becomes that of the entries.
  public init(_ database: Database, ids: UUIDv7Generator, provenance: Provenance) {
    self.database = database
    self.ids = ids
    self.provenance = provenance
  }

  /// Mends what can be mended. Call it within `Database.write`.
  /// - Parameter check: looks before, and afterwards again.
  /// - Returns: what was mended, and what remains.
  /// - Throws: `CareError(.database)` where the file itself is damaged, before anything is written.
  public func run(_ check: DatabaseCheck) throws -> (mended: [CheckProblem], remaining: CheckFindings) {
    let before = try check.run()
    guard !before.isDamaged else { throw Self.damaged(before) }
    guard before.mendable > 0 else { return ([], before) }
    let kinds = Set(before.counts.keys)
    let schema = SchemaCheck(database)
    if kinds.contains(.schema) { try schema.mend() }
    if kinds.contains(.index) { try database.execute("REINDEX") }
    if kinds.contains(.search) { try schema.rebuildSearch() }
    for truth in StoredTruth.all where kinds.contains(truth.kind) { try truth.mend?(database) }
    let after = try check.run()
    let remaining = after.problems
    let mended = before.problems.filter { !remaining.contains($0) }
    if !mended.isEmpty {
      let counts = CheckProblem.Kind.allCases.compactMap { kind -> (String, JSONValue)? in
        let number = (before.counts[kind] ?? 0) - (after.counts[kind] ?? 0)
        return number > 0 ? (kind.rawValue, .integer(number)) : nil
      }
      try AuditLog(database, ids: ids, provenance: provenance)
        .append(entity: "database", id: nil, after: JSONObject([("mended", .object(JSONObject(counts)))]))
    }
    return (mended, after)
  }

  /// Why a damaged file is left alone.
  public static func damaged(_ findings: CheckFindings) -> CareError {
    let first = findings.problems.first { $0.kind == .integrity || $0.kind == .index }
    var reason = ""
    if case .string(let words)? = first?.found { reason = ": \(words)" }
    return CareError(
      .database, "the file is damaged, so nothing was written to it\(reason)",
      hint: "put a backup back with: caresphere restore FILE")
  }
}
