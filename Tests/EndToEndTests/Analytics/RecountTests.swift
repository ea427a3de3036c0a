import Foundation
import TestSupport
import Testing

/// Every figure of `analytics`, compared with a count of its own that a few lines of Python make of what the program
/// exports (`Tests/Recount`).
@Suite struct RecountTests {
  /// When the made-up communities are looked at.
  private static let asOf = "2025-11-13T10:30:00Z"

  private static let scripts = Repository.root + "/Tests/Recount"

  private func recount(_ sandbox: Sandbox, _ cases: [[String: String]]) throws {
    try Requirement.tool("sqlite3", "python3")
    let file = try sandbox.write(
      "cases.json", String(decoding: try JSONSerialization.data(withJSONObject: cases), as: UTF8.self))
    let outcome = try sandbox.execute([
      "python3", "-B", "\(Self.scripts)/recount.py", "--binary", try Executable.caresphere(), "--db",
      sandbox.database, file,
    ])
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.stderr.contains("of \(cases.count) cases"), "\(outcome)")
  }

  private static func now() -> String {
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withInternetDateTime]
    return formatter.string(from: Date())
  }

  @Test(.timeLimit(.minutes(30))) func theDemoIsCountedRight() throws {
    let sandbox = try Sandbox()
    try sandbox.initialize()
    try sandbox.run("demo", "--members", "120", "--quiet").succeeded()
    let now = Self.now()
    try recount(
      sandbox,
      [
        ["zone": "UTC", "asOf": now], ["zone": "Africa/Lagos", "asOf": now, "group": "Newsletter"],
        ["zone": "America/New_York", "asOf": now, "period": "week", "where": "age < 40 or tag = volunteer"],
        ["zone": "Asia/Kathmandu", "asOf": now, "period": "year", "group": "Volunteers"],
      ])
  }

  @Test(
    .timeLimit(.minutes(30)), arguments: zip(["Africa/Lagos", "America/New_York", "Asia/Kathmandu"], 1...3))
  func timesAroundMidnightAreCountedRight(zone: String, seed: Int) throws {
    let sandbox = try Sandbox()
    try sandbox.initialize()
    try Requirement.tool("sqlite3", "python3")
    let sql = try sandbox.execute(["python3", "-B", "\(Self.scripts)/boundaries.py", zone, "\(seed)"])
      .succeeded()
    try sandbox.execute(["sqlite3", "-batch", "-bail", sandbox.database], stdin: sql.output).succeeded()
    func with(_ more: [String: String]) -> [String: String] {
      more.merging(["zone": zone, "asOf": Self.asOf]) { own, _ in own }
    }
    try recount(
      sandbox,
      [
        with([:]), with(["period": "week"]), with(["period": "year", "since": "2023-01-01"]),
        with(["period": "day", "since": "2025-10-20", "until": "2025-11-10"]),
        with(["since": "2024-11-01", "until": "2025-03-31", "where": "city is empty or age >= 18"]),
        with(["group": "Youth"]), with(["asOf": "2025-03-31T22:15:00Z"]),
        with(["asOf": "2025-01-01T04:59:59Z", "period": "week", "where": "status != archived"]),
      ])
  }

  /// Two people and two messages, whose figures anybody can count.
  @Test func aHandfulIsCountedAsByHand() throws {
    let people = """
      externalId,firstName,lastName,email,joinDate,createdAt,city
      1,Ana,Souza,ana@example.org,2025-09-30,2025-09-30T10:00:00Z,Lagos
      2,Ben,Okoro,ben@example.org,,2025-09-30T23:30:00Z,Lagos

      """
    let community = try Community(people)
    let flags = ["--as-of", "2025-11-13T10:30:00Z", "--since", "2025-09-01", "--json"]
    func growth(_ zone: String) throws -> [[Int]] {
      let data = try community.sandbox.run(
        ["analytics", "members"] + flags, environment: ["TZ": zone]
      ).succeeded().data()
      let trend = try #require(data["growthTrend"] as? [[String: Any]])
      #expect(trend.map { $0["period"] as? String } == ["2025-09", "2025-10", "2025-11"])
      return trend.map { period in ["joined", "left", "net", "total"].map { period[$0] as? Int ?? -1 } }
    }
    // Half past eleven at night in London's winter is the next month in Lagos.
    #expect(try growth("UTC") == [[2, 0, 2, 2], [0, 0, 0, 2], [0, 0, 0, 2]])
    #expect(try growth("Africa/Lagos") == [[1, 0, 1, 1], [1, 0, 1, 2], [0, 0, 0, 2]])
    #expect(try growth("America/New_York") == [[2, 0, 2, 2], [0, 0, 0, 2], [0, 0, 0, 2]])
    let nothing = try community.sandbox.run(["analytics", "messages"] + flags).succeeded().data()
    #expect(nothing["openRate"] is NSNull)
    #expect(nothing["totalSent"] as? Int == 0)
  }
}
