import CareSphereKit
import CommandLineKit
import Glibc
import TextFormats

/// `caresphere status`: what there is, at a glance.
enum Status {
  static let command = Command(
    CommandSpec(
      name: "status",
      abstract: "See versions, paths, sizes and counts",
      discussion: """
        Shows the versions of the program, of SQLite and of the schema, where database, configuration and login \
        are kept, how large the database is, and how much is in it. It takes no login. The exit status is 9 \
        where the file is unwell.
        """,
      examples: [
        .init("caresphere status", "Look at it."),
        .init("caresphere status --json --quiet > /dev/null || echo unwell", "In a script."),
      ]),
    access: .anyone, run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport()
    let database = try context.database()
    let status = try database.read { try DatabaseStatus(database) }
    try context.output.emit(report: Report(try report(status, path: database.path, context)))
    guard status.problems.isEmpty else {
      throw CareError(.database, status.problems.joined(separator: "; "), hint: "restore a backup")
    }
  }

  private static func report(_ status: DatabaseStatus, path: String, _ context: Context) throws -> JSONObject
  {
    let session = SessionFile(databasePath: path, environment: context.environment)
    let members = status.membersByStatus
    let counts: [(String, JSONValue)] =
      [("members", .integer(members.reduce(0) { $0 + $1.count }))]
      + status.counts.map { ($0.name, .integer($0.count)) }
    return JSONObject([
      ("ok", .bool(status.problems.isEmpty)),
      ("versions", ["caresphere": .string(App.version), "sqlite": .string(status.sqliteVersion)]),
      ("schema", ["version": .integer(status.schemaVersion), "createdAt": .optional(status.createdAt)]),
      (
        "paths",
        [
          "database": .string(path), "configuration": .optional(try context.configuration().path),
          "session": .optional(exists(session.path) ? session.path : nil),
        ]
      ),
      (
        "sizes",
        [
          "database": .integer(status.fileBytes), "log": .integer(status.logBytes),
          "free": .integer(status.freeBytes),
        ]
      ),
      ("counts", .object(JSONObject(counts))),
      ("membersByStatus", .object(JSONObject(members.map { ($0.status.rawValue, .integer($0.count)) }))),
      ("lastBackup", nil),
    ])
  }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
