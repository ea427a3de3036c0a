import Foundation
import Testing

/// A PostgreSQL of a test's own, at a socket in its sandbox and at no port. It ends with the object.
public final class ScratchPostgres {
  /// How psql finds it.
  public let environment: [String: String]
  private let process: ChildProcess

  /// - Throws: ends the test where PostgreSQL is not installed
  public init(in sandbox: Sandbox, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try Requirement.tool("psql", sourceLocation: sourceLocation)
    let folder = "/usr/lib/postgresql"
    let versions = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).compactMap(Int.init)
    let programs = "\(folder)/\(versions.max() ?? 0)/bin"
    try Requirement.tool("\(programs)/initdb", sourceLocation: sourceLocation)
    // It refuses to be root.
    let user = getuid() == 0 ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : []
    let home = sandbox.path("postgres")
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    for path in [home, sandbox.path] {
      try sandbox.execute(["chmod", path == home ? "1777" : "755", path]).succeeded()
    }
    try sandbox.execute(
      user + [
        "\(programs)/initdb", "--pgdata", "\(home)/data", "--username", "parish", "--auth", "trust",
        "--encoding", "UTF8", "--locale", "C", "--no-sync",
      ]
    ).succeeded()
    process = try sandbox.spawn(
      running: user + [
        "\(programs)/postgres", "-D", "\(home)/data", "-k", home, "-c", "listen_addresses=", "-c",
        "fsync=off",
      ], name: "postgres")
    environment = ["PGHOST": home, "PGUSER": "parish", "PGDATABASE": "postgres"]
    let deadline = Deadline(seconds: 20)
    while try sandbox.execute(["psql", "--command", "SELECT 1"], environment: environment).status != 0 {
      guard !deadline.isOver, process.poll() == nil else {
        throw TestSupportError("PostgreSQL did not start")
      }
      usleep(50_000)
    }
  }

  deinit { stop() }

  /// Ends it.
  public func stop() {
    process.kill()
    process.wait()
  }
}
