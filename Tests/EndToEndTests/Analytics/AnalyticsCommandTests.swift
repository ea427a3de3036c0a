import Foundation
import TestSupport
import Testing

/// `analytics dashboard` and `analytics members` as they are typed.
@Suite struct AnalyticsCommandTests {
  private static let people = """
    externalId,firstName,lastName,email,dateOfBirth,gender,city,memberStatus,membershipType,joinDate,tags,createdAt
    1,Ana,Souza,ana@example.org,1990-05-15,female,Lagos,active,full,2025-09-10,choir,2025-09-10T09:00:00Z
    2,Ben,Okoro,ben@example.org,2012-01-02,male,lagos,active,,2025-10-31,choir;youth,2025-11-01T09:00:00Z
    3,Ida,Berg,ida@example.org,--07-09,,Oslo,inactive,full,,,2025-11-02T09:00:00Z
    4,Max,Lund,max@example.org,,,,archived,guest,2019-01-01,,2025-10-05T09:00:00Z

    """
  private static let asOf = ["--as-of", "2025-11-13 12:00"]

  private func data(_ community: Community, _ arguments: String...) throws -> [String: Any] {
    try community.sandbox.run(["analytics"] + arguments + ["--json"]).succeeded().data()
  }

  private func object(_ any: Any?) throws -> NSDictionary {
    NSDictionary(dictionary: try #require(any as? [String: Any]))
  }

  private func list(_ any: Any?) throws -> [[String: Any]] { try #require(any as? [[String: Any]]) }

  @Test func anEmptyDatabaseHasZerosAndNulls() throws {
    let sandbox = try Sandbox()
    try sandbox.initialize()
    let dashboard = try sandbox.run("analytics", "dashboard", "--json").succeeded().data()
    for name in [
      "totalMembers", "activeMembers", "newMembersThisMonth", "messagesSentThisMonth",
      "automationRulesActive",
    ] {
      #expect(dashboard[name] as? Int == 0)
      #expect(
        try object(object(dashboard["trends"])[name])
          == ["value": 0, "previous": 0, "change": NSNull(), "changeType": "none"])
    }
    for name in ["averageOpenRate", "averageClickRate"] {
      #expect(dashboard[name] is NSNull)
      #expect(
        try object(object(dashboard["trends"])[name])
          == ["value": NSNull(), "previous": NSNull(), "change": NSNull(), "changeType": "none"])
    }
    #expect((dashboard["recentActivities"] as? [Any])?.isEmpty == true)
    let members = try sandbox.run("analytics", "members", "--json").succeeded().data()
    #expect(try list(members["growthTrend"]).count == 12)
    #expect(try list(members["retention"]).allSatisfy { $0["rate"] is NSNull && $0["joined"] as? Int == 0 })
    #expect(
      try object(members["statusDistribution"]) == ["active": 0, "inactive": 0, "pending": 0, "archived": 0])
    #expect(try object(object(members["demographicBreakdown"])["cityDistribution"]).count == 0)
    for format in ["table", "csv", "tsv", "jsonl"] {
      try sandbox.run("analytics", "members", "--format", format).succeeded()
      try sandbox.run("analytics", "dashboard", "--format", format).succeeded()
    }
  }

  @Test func theDashboardIsThatOfAsOf() throws {
    let community = try Community(Self.people)
    let now = try data(community, "dashboard", "--as-of", "2025-11-13 12:00")
    #expect(now["totalMembers"] as? Int == 4 && now["activeMembers"] as? Int == 2)
    // Ida has no joinDate; Ben joined the month before, whenever that was written down.
    #expect(now["newMembersThisMonth"] as? Int == 1)
    let trends = try object(now["trends"])
    #expect(
      try object(trends["totalMembers"]) == [
        "value": 4, "previous": 2, "change": 100, "changeType": "increase",
      ])
    #expect(
      try object(trends["activeMembers"]) == [
        "value": 2, "previous": 1, "change": 100, "changeType": "increase",
      ])
    let range = try object(now["range"])
    #expect(
      range == [
        "since": "2024-12-01T00:00:00Z", "until": "2025-11-13T12:00:01Z", "period": "month",
        "timezone": "UTC",
      ])
    let past = try data(community, "dashboard", "--as-of", "2025-10-31 12:00")
    #expect(past["totalMembers"] as? Int == 2 && past["newMembersThisMonth"] as? Int == 1)
    #expect(try data(community, "dashboard", "--as-of", "2020-01-01")["totalMembers"] as? Int == 0)
  }

  @Test func whatHappensShowsInGrowth() throws {
    let community = try Community(Self.people)
    func latest() throws -> [String: Any] {
      try #require(list(data(community, "members")["growthTrend"]).last)
    }
    #expect(try latest()["total"] as? Int == 3 && latest()["left"] as? Int == 0)
    try community.run("member", "update", "ext:1", "--status", "archived")
    #expect(try latest()["total"] as? Int == 2 && latest()["left"] as? Int == 1)
    try community.run("member", "update", "ext:1", "--status", "active")
    #expect(try latest()["total"] as? Int == 3 && latest()["left"] as? Int == 0)
    try community.run("member", "delete", "ext:2")
    try community.run("member", "delete", "ext:3", "--erase")
    #expect(try latest()["total"] as? Int == 1 && latest()["left"] as? Int == 2)
    #expect(try latest()["net"] as? Int == -2)
    // What is left of the second says nothing of who it was.
    let rows = try community.database.value("SELECT count(*) FROM member_departures")
    #expect(rows == "2")
    let shown = try community.data("member", "show", "ext:1", "--everything")
    let changes = try list(shown["statusChanges"])
    #expect(changes.map { $0["after"] as? String } == ["archived", "active"])
    let dashboard = try data(community, "dashboard")
    #expect(dashboard["totalMembers"] as? Int == 2)
  }

  @Test func anImportThatIsTakenBackLeavesNoTrace() throws {
    let community = try Community(Self.people)
    func growth() throws -> NSDictionary { try object(data(community, "members", "--fields", "growthTrend")) }
    let before = try growth()
    let batch = try community.sandbox.importing(
      "externalId,firstName,lastName,memberStatus\n1,Ana,Souza,archived\n9,Eva,Lind,active\n",
      "--on-conflict", "update", "--match", "external-id")
    #expect(
      try growth() != before)
    try community.run("member", "undo-import", try #require(batch["batchId"] as? String), "--yes")
    #expect(
      try growth() == before)
    #expect(try community.database.value("SELECT count(*) FROM member_status_changes") == "0")
    #expect(try community.database.value("SELECT count(*) FROM member_departures") == "0")
  }

  @Test func figuresAreNarrowedToThoseWhoAreMeant() throws {
    let community = try Community(Self.people)
    try community.run("group", "add", "Choir")
    try community.run("group", "add", "Here", "--where", "city = lagos")
    try community.run("group", "assign", "Choir", "ext:1", "ext:3", "--yes")
    let all = try data(community, "members")
    #expect(try object(all["groups"]) == ["Choir": 2, "Here": 2])
    #expect(try object(all["tags"]) == ["choir": 2, "youth": 1])
    #expect(try object(all["membershipTypes"]) == ["full": 2, "guest": 1, "unknown": 1])
    #expect(
      try object(object(all["demographicBreakdown"])["cityDistribution"]) == [
        "Lagos": 2, "Oslo": 1, "unknown": 1,
      ])
    let choir = try data(community, "members", "--group", "Choir")
    #expect(try object(choir["groups"]) == ["Choir": 2, "Here": 1])
    #expect(
      try object(choir["statusDistribution"]) == ["active": 1, "inactive": 1, "pending": 0, "archived": 0])
    #expect(
      try object(object(choir["demographicBreakdown"])["genderDistribution"])
        == ["male": 0, "female": 1, "other": 0, "prefer_not_to_say": 0, "unknown": 1])
    let both = try data(community, "dashboard", "--group", "Choir", "--group", "here", "--where", "age >= 18")
    #expect(both["totalMembers"] as? Int == 1)
    #expect(try data(community, "dashboard", "--where", "status = archived")["activeMembers"] as? Int == 0)
  }

  @Test func theLongFormHasOneFigureALine() throws {
    let community = try Community(Self.people)
    let range = ["--since", "2025-09-01", "--until", "2025-11-30"] + Self.asOf
    let csv = try community.sandbox.run(["analytics", "members", "--format", "csv"] + range).succeeded().lines
    #expect(csv.prefix(2) == ["section,key,period,value", "range,since,,2025-09-01T00:00:00Z"])
    for line in [
      "growthTrend,joined,2025-09,1", "growthTrend,joined,2025-10,1", "growthTrend,joined,2025-11,1",
      "growthTrend,left,2025-10,1", "growthTrend,net,2025-10,0", "growthTrend,total,2025-11,3",
      "statusDistribution,archived,,1", "demographicBreakdown,ageGroups.13-17,,1",
      "demographicBreakdown,ageGroups.unknown,,2", "tags,choir,,2", "retention,rate,2025-09,100.0",
      "retention,rate,2025-11,0.0",
    ] { #expect(csv.contains(line), "\(line) in \(csv)") }
    let tsv = try community.sandbox.run(
      ["analytics", "members", "--format", "tsv", "--fields", "tags,statusDistribution"] + range
    ).succeeded()
    #expect(tsv.lines.dropFirst().first == "tags\tchoir\t\t2")
    let week = try community.sandbox.run(
      [
        "analytics", "members", "--since", "2025-10-27", "--until", "2025-11-09", "--period", "week",
        "--json",
      ])
    #expect(
      try list(week.succeeded().data()["growthTrend"]).map { $0["period"] as? String } == [
        "2025-10-27", "2025-11-03",
      ])
    let lagos = try community.sandbox.run(
      ["analytics", "members", "--since", "2025-11-01", "--until", "2025-11-01", "--json"],
      environment: ["TZ": "Africa/Lagos"])
    #expect(
      try object(lagos.succeeded().data()["range"]) == [
        "since": "2025-10-31T23:00:00Z", "until": "2025-11-01T23:00:00Z", "period": "month",
        "timezone": "Africa/Lagos",
      ])
  }

  @Test func mistakesAreToldWhereTheyAre() throws {
    let community = try Community(Self.people)
    try community.refuses(2, "analytics", "members", "--period", "mnth", saying: "month")
    try community.refuses(2, "analytics", "members", "--format", "ids")
    try community.refuses(2, "analytics", "dashboard", "--format", "count")
    try community.refuses(2, "analytics", "dashboard", "--fields", "totalMember", saying: "totalMembers")
    try community.refuses(3, "analytics", "members", "--where", "agee > 3", saying: "age")
    try community.refuses(6, "analytics", "members", "--group", "Nobody")
    let cases: [(String, [String])] = [
      ("since", ["--since", "yesterday"]), ("since", ["--since="]), ("until", ["--until", "2025-02-30"]),
      ("since", ["--since", "2025-11-02", "--until", "2025-11-01"]), ("since", ["--since", "+2d"]),
      ("period", ["--since", "1025-01-01", "--period", "day"]), ("since", ["--since", "-9999y"]),
    ]
    for (field, flags) in cases {
      for verb in ["dashboard", "members"] {
        let outcome = try community.sandbox.run(["analytics", verb, "--json"] + flags).failed(3)
        let error = try outcome.error()
        #expect(error["code"] as? String == "VALIDATION_ERROR")
        #expect((error["details"] as? [String: Any])?.keys.contains(field) == true, "\(outcome)")
      }
    }
  }

  @Test func whoeverIsLoggedInMayRead() throws {
    let community = try Community(Self.people)
    let flags = try community.acting(as: "member")
    for verb in ["dashboard", "members"] {
      try community.sandbox.run(["analytics", verb] + flags).succeeded()
    }
  }
}
