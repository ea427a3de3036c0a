import Glibc
import SQLiteStore
import TestSupport
import Testing

@testable import CareSphereKit

/// A statement ends soon after a signal even where only another thread can learn of that.
@Suite struct InterruptWatchTests {
  private static let endless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"

  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  private func database(interrupted: @escaping @Sendable () -> Bool) throws -> Database {
    let path = sandbox.path("care.db")
    let options = Database.Options(applicationID: 77, interrupted: interrupted)
    try Database.create(path: path, options: options, migrations: []) {
      try $0.executeScript("CREATE TABLE t (a)")
    }
    return try Database.inspect(path: path, options: options, latestVersion: 0)
  }

  @Test func aSignalThatOnlyAnotherThreadSeesEndsTheStatement() throws {
    let own = pthread_self()
    let database = try database { pthread_equal(pthread_self(), own) == 0 }
    let error = #expect(throws: DatabaseError.self) {
      try InterruptWatch.during(database) { try database.execute(Self.endless) }
    }
    #expect(error?.kind == .interrupted)
    // The connection is as good as before.
    #expect(try database.first("SELECT count(*) FROM t") { $0.integer(0) } == 0)
  }

  @Test func whatIsToBeFinishedIsFinished() throws {
    let own = pthread_self()
    let database = try database { pthread_equal(pthread_self(), own) == 0 }
    let count = try database.uninterrupted {
      try InterruptWatch.during(database) {
        usleep(250_000)
        return try database.first("SELECT 7") { $0.integer(0) }
      }
    }
    #expect(count == 7)
  }
}
