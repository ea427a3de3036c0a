import Foundation
import SQLiteStore
import TestSupport
import Testing

@testable import CareSphereKit

/// A copy is looked through as far as the memory allows.
@Suite struct CopyVerificationTests {
  private let sandbox: Sandbox
  private let options = Database.Options(applicationID: 77)

  init() throws {
    sandbox = try Sandbox()
    try Database.create(path: sandbox.path("care.db"), options: options, migrations: []) {
      try $0.executeScript("CREATE TABLE t (a TEXT NOT NULL); CREATE INDEX t_by_a ON t (a)")
    }
  }

  private func verification(memory: Int) throws -> CopyVerification {
    let copy = try Database.inspect(path: sandbox.path("care.db"), options: options, latestVersion: 0)
    return try CopyVerification(copy, memory: memory)
  }

  @Test func indexesAreComparedWithRowsWhereTheFileFitsIntoTheMemory() throws {
    // The index is declared to be another one while a row is added, so that it misses that row.
    let shell = try SQLiteShell(sandbox, database: sandbox.path("care.db"))
    let change = "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE INDEX t_by_a ON t (a)"
    try shell.change(change + " WHERE 0' WHERE name = 't_by_a'")
    try shell.change("INSERT INTO t VALUES ('x')")
    try shell.change(change + "' WHERE name = 't_by_a'")
    let whole = try verification(memory: 1 << 30)
    #expect(!whole.isQuick)
    let error = #expect(throws: DatabaseError.self) { try whole.run() }
    #expect(error?.kind == .corrupt && error?.message.contains("t_by_a") == true)

    let quick = try verification(memory: 4096)
    #expect(quick.isQuick && quick.inWords.contains("caresphere check"))
    try quick.run()
  }

  @Test func pagesAreLookedThroughWhateverTheMemory() throws {
    let shell = try SQLiteShell(sandbox, database: sandbox.path("care.db"))
    try shell.change("INSERT INTO t SELECT hex(randomblob(400)) FROM generate_series(1, 200)")
    try shell.change("PRAGMA wal_checkpoint(TRUNCATE)")
    var bytes = try Data(contentsOf: URL(fileURLWithPath: sandbox.path("care.db")))
    // The header of each page behind the first few.
    for place in stride(from: 5 * 4096, to: bytes.count, by: 4096) { bytes[place] ^= 0xff }
    try sandbox.write("care.db", bytes: Array(bytes))
    let error = #expect(throws: DatabaseError.self) { try verification(memory: 4096).run() }
    #expect(error?.kind == .corrupt)
  }
}
