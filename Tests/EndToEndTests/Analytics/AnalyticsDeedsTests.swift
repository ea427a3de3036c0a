import Foundation
import TestSupport
import Testing

/// `analytics messages` and `analytics engagement` as they are typed.
@Suite struct AnalyticsDeedsTests {
  private let community: Community
  private let sent: SentMessages
  private static let november = ["--as-of", "2025-11-30T12:00:00Z"]

  init() throws {
    community = try Community()
    sent = SentMessages(community: community)
    try sent.run("UPDATE members SET created_at = '2020-01-01T00:00:00Z';")
  }

  /// A message to all three: Ana has opened it twice and followed a link, Ben got it, and Ida's came back.
  private func fill() throws {
    let news = try sent.add(
      "News",
      [
        "'clicked', '2025-11-13T08:00:00Z', NULL, '2025-11-13T09:15:00Z', '2025-11-13T09:16:00Z', NULL",
        "'delivered', '2025-11-13T08:00:00Z', '2025-11-13T08:00:05Z', NULL, NULL, NULL",
        "'failed', '2025-11-13T08:00:00Z', NULL, NULL, NULL, '550 no'",
      ])
    try sent.tell(
      [
        (0, "'opened', '2025-11-13T09:15:00Z', NULL"), (0, "'opened', '2025-11-15T20:00:00Z', NULL"),
        (0, "'clicked', '2025-11-13T09:16:00Z', 'https://grace.example/=a,b'"),
        (2, "'hard_bounced', '2025-11-13T08:01:00Z', NULL"),
      ], of: news)
    try sent.run(
      """
      INSERT INTO member_activities (id, member_id, activity_type, created_at)
      SELECT 'a', id, 'visit', '2025-01-02T10:00:00Z' FROM members WHERE first_name = 'Ben'
      UNION ALL SELECT 'b', id, 'message_sent', '2025-11-13T08:00:00Z' FROM members WHERE first_name = 'Ida';
      """)
  }

  private func figures(
    _ verb: String, _ flags: [String] = [], environment: [String: String] = [:]
  ) throws -> [String: Any] {
    try community.sandbox.run(
      ["analytics", verb, "--json"] + Self.november + flags, environment: environment
    ).succeeded().data()
  }

  @Test func anEmptyDatabaseHasZerosAndNulls() throws {
    let sandbox = try Sandbox()
    try sandbox.initialize()
    let messages = try sandbox.run("analytics", "messages", "--json").succeeded().stdout
    for part in [
      #""totalMessages":0,"totalSent":0"#, #""openRate":null,"clickRate":null,"deliveryRate":null"#,
      #""type":"email","status":"sent","count":0}"#, #""bestHour":null,"bestWeekday":null"#,
    ] { #expect(messages.contains(part), "\(messages)") }
    let engagement = try sandbox.run("analytics", "engagement", "--json").succeeded().stdout
    #expect(engagement.contains(#""count":0,"share":null}"#), "\(engagement)")
    #expect(
      engagement.contains(
        #""mostEngaged":[],"leastEngaged":[],"atRisk":{"count":0,"members":[]},"rules":[]"#))
  }

  @Test func messagesAreCounted() throws {
    try fill()
    let all = try figures("messages")
    let expected: [String: Any] = [
      "totalMessages": 1, "totalSent": 3, "totalDelivered": 1, "totalOpened": 1, "totalClicked": 1,
      "totalFailed": 1, "totalBounced": 1, "totalComplained": 0, "totalUnsubscribed": 0, "openRate": 33.3,
      "clickRate": 33.3, "deliveryRate": 33.3, "bounceRate": 33.3, "unsubscribeRate": 0.0,
      "complaintRate": 0.0, "bestHour": 9, "bestWeekday": "thursday",
    ]
    let told = all.filter { expected.keys.contains($0.key) }
    #expect(NSDictionary(dictionary: told) == NSDictionary(dictionary: expected), "\(told)")
    let volume = try #require(all["volume"] as? [[String: Any]])
    #expect(volume.count == 12 && volume.compactMap { $0["count"] as? Int }.reduce(0, +) == 1)
    #expect(volume.last?["period"] as? String == "2025-11" && volume.last?["count"] as? Int == 1)
    let link = try #require((all["topLinks"] as? [[String: Any]])?.first)
    #expect(link["clicks"] as? Int == 1 && link["uniqueClicks"] as? Int == 1)
    let kathmandu = try figures("messages", environment: ["TZ": "Asia/Kathmandu"])
    #expect(kathmandu["bestHour"] as? Int == 15)
    #expect((kathmandu["range"] as? [String: Any])?["timezone"] as? String == "Asia/Kathmandu")
  }

  @Test func peopleAndTimeNarrow() throws {
    try fill()
    try community.run("group", "add", "Lagos", "--where", "city = Lagos")
    for flags in [["--group", "Lagos"], ["--where", "city = Lagos"]] {
      let some = try figures("messages", flags)
      #expect(some["totalSent"] as? Int == 2 && some["openRate"] as? Double == 50)
      #expect(some["totalBounced"] as? Int == 0)
      let people = try figures("engagement", flags)
      #expect((people["leastEngaged"] as? [Any])?.count == 2)
    }
    let october = try community.sandbox.run(
      "analytics", "messages", "--json", "--as-of", "2025-10-31"
    ).succeeded().data()
    #expect(october["totalSent"] as? Int == 0 && october["openRate"] is NSNull)
    let day = try figures("messages", ["--since", "2025-11-13", "--until", "2025-11-13", "--period", "day"])
    #expect(day["totalSent"] as? Int == 3 && (day["volume"] as? [Any])?.count == 1)
  }

  @Test func engagementIsCounted() throws {
    try fill()
    let figures = try figures("engagement")
    let periods = try #require(figures["activePeople"] as? [[String: Any]])
    #expect(periods.compactMap { $0["count"] as? Int } == [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    #expect(periods.last?["share"] as? Double == 33.3)
    func names(_ list: Any?) -> [String] {
      (list as? [[String: Any]])?.compactMap { $0["name"] as? String } ?? []
    }
    #expect(names(figures["mostEngaged"]) == ["Ana Souza", "Ben Okoro"])
    #expect(names(figures["leastEngaged"]) == ["Ida Berg", "Ben Okoro", "Ana Souza"])
    let ana = try #require((figures["mostEngaged"] as? [[String: Any]])?.first)
    #expect(ana["score"] as? Int == 2 && ana["lastActiveAt"] as? String == "2025-11-15T20:00:00Z")
    let ida = try #require((figures["leastEngaged"] as? [[String: Any]])?.first)
    #expect(ida["score"] as? Int == 0 && ida["lastActiveAt"] is NSNull)
    let atRisk = try #require(figures["atRisk"] as? [String: Any])
    #expect(atRisk["count"] as? Int == 1 && names(atRisk["members"]) == ["Ben Okoro"])
  }

  @Test func whatARuleSendsIsItsOwn() throws {
    try community.run(
      "rule", "add", "Youth mail", "--trigger", "tag_added", "--trigger-tag", "new", "--action",
      "send_message", "--action-config", #"{"subject":"Hi","content":"Welcome"}"#)
    try community.run("member", "tag", "ext:1", "--tag", "new")
    try community.run("rule", "run", "--no-deliver")
    func first() throws -> [String: Any] {
      let rules = try community.data("analytics", "engagement")["rules"]
      return try #require((rules as? [[String: Any]])?.first)
    }
    let rule = try first()
    #expect(rule["name"] as? String == "Youth mail" && rule["succeeded"] as? Int == 1)
    #expect(rule["sent"] as? Int == 0 && rule["openRate"] is NSNull)
    try sent.run(
      """
      UPDATE message_recipients SET status = 'opened', sent_at = '2026-01-01T00:00:00Z', opened_at = sent_at;
      UPDATE messages SET sent_count = 1, opened_count = 1;
      """)
    let opened = try first()
    #expect(opened["sent"] as? Int == 1 && opened["openRate"] as? Double == 100)
  }

  @Test func theLongFormHasOneFigureALine() throws {
    try fill()
    let arguments = ["analytics", "messages"] + Self.november
    let csv = try community.sandbox.run(arguments + ["--format", "csv"]).succeeded().lines
    #expect(csv.first == "section,key,period,value")
    for line in [
      "summary,totalSent,,3", "summary,openRate,,33.3", "summary,bestWeekday,,thursday",
      "volume,email.sent.count,2025-11,1", "volume,email.sent.count,2025-10,0", "byHour,opens,9,1",
      "byWeekday,thursday.clicks,,1", "topLinks,\"https://grace.example/=a,b.clicks\",,1",
    ] { #expect(csv.contains(line), "\(line): \(csv)") }
    let tsv = try community.sandbox.run(
      ["analytics", "engagement", "--format", "tsv", "--fields", "activePeople"] + Self.november
    ).succeeded().lines
    #expect(tsv.first == "section\tkey\tperiod\tvalue" && tsv.last == "activePeople\tshare\t2025-11\t33.3")
    for verb in ["messages", "engagement"] {
      try community.refuses(2, "analytics", verb, "--format", "ids")
      try community.refuses(2, "analytics", verb, "--format", "count")
      try community.refuses(2, "analytics", verb, "--fields", "opnRate", saying: "range")
      try community.refuses(2, "analytics", verb, "--period", "fortnight", saying: "week")
      try community.refuses(3, "analytics", verb, "--since", "2025-02-01", "--until", "2025-01-01")
      try community.refuses(
        3, "analytics", verb, "--since", "1025-01-01", "--period", "day", saying: "1000 periods")
      try community.refuses(6, "analytics", verb, "--group", "nobody")
    }
  }
}
