import Foundation
import TestSupport
import Testing

/// The figures of a message against a count that knows nothing of our code.
@Suite struct MessageAnalyticsTests {
  private let community: Community
  private let sent: SentMessages

  init() throws {
    community = try Community()
    sent = SentMessages(community: community)
  }

  /// Counts from the rows alone, in Python.
  private static let count = """
    import collections, decimal, json, sqlite3, sys
    base = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
    rows = base.execute("SELECT id, status, sent_at, delivered_at, opened_at, clicked_at FROM message_recipients "
      "WHERE message_id = ?", [sys.argv[2]]).fetchall()
    events = base.execute("SELECT recipient_id, event, at, url FROM message_events WHERE message_id = ?",
      [sys.argv[2]]).fetchall()
    sent = sum(row[2] is not None for row in rows)
    def rate(number):
      if not sent: return None
      return float((decimal.Decimal(100 * number) / sent).quantize(decimal.Decimal("0.1"), decimal.ROUND_HALF_UP))
    def people(event): return len({e[0] for e in events if e[1] == event})
    def hours(event):
      counts = collections.Counter(e[2][:13] + ":00:00Z" for e in events if e[1] == event)
      return [{"hour": hour, "count": counts[hour]} for hour in sorted(counts)]
    links = collections.defaultdict(list)
    for who, event, at, url in events:
      if event == "clicked" and url is not None: links[url].append(who)
    top = [{"url": url, "clicks": len(who), "uniqueClicks": len(set(who))} for url, who in links.items()]
    top.sort(key=lambda link: (-link["clicks"], -link["uniqueClicks"], link["url"]))
    total = {"Recipients": sum(r[1] != "skipped" for r in rows), "Sent": sent,
      "Delivered": sum(r[3] is not None for r in rows), "Opened": sum(r[4] is not None for r in rows),
      "Clicked": sum(r[5] is not None for r in rows), "Failed": sum(r[1] == "failed" for r in rows),
      "Skipped": sum(r[1] == "skipped" for r in rows), "Pending": sum(r[1] == "pending" for r in rows),
      "Held": sum(r[1] == "held" for r in rows), "Bounced": people("hard_bounced"),
      "Complained": people("complained"), "Unsubscribed": people("unsubscribed")}
    figures = {"total" + name: number for name, number in total.items()}
    figures.update(openRate=rate(total["Opened"]), clickRate=rate(total["Clicked"]),
      deliveryRate=rate(total["Delivered"]), bounceRate=rate(total["Bounced"]),
      unsubscribeRate=rate(total["Unsubscribed"]), opensByHour=hours("opened"), clicksByHour=hours("clicked"),
      topLinks=top[:20])
    print(json.dumps(figures))
    """

  @Test func figuresAreThoseOfTheRows() throws {
    try Requirement.tool("python3")
    var random = SeededGenerator(seed: 4)
    try community.sandbox.importing(Effort.people(57))
    let states = (0..<60).map { _ -> String in
      let times = (0..<4).map { _ in Bool.random(using: &random) ? "'2025-11-13T08:00:00Z'" : "NULL" }
      let status = ["sent", "delivered", "opened", "clicked", "failed", "skipped", "pending", "held"]
        .randomElement(using: &random)
      return "'\(status ?? "sent")', \(times.joined(separator: ", ")), NULL"
    }
    let id = try sent.add("News", states)
    let kinds = ["opened", "clicked", "clicked", "delivered", "hard_bounced", "complained", "unsubscribed"]
    let events = (0..<600).map { number -> (member: Int, event: String) in
      let kind = kinds.randomElement(using: &random) ?? "opened"
      let hour = Int.random(in: 10...13, using: &random)
      let link = Int.random(in: 0...25, using: &random) * Int.random(in: 0...1, using: &random)
      let url = kind == "clicked" && number % 9 > 0 ? "'https://grace.example/\(link)'" : "NULL"
      let time = "2025-11-\(hour)T\(hour):\(number / 60 + 10):\((number % 60 + 100).description.suffix(2))Z"
      return (Int.random(in: 0..<60, using: &random), "'\(kind)', '\(time)', \(url)")
    }
    try sent.tell(events, of: id)
    let expected = try community.sandbox.execute(
      ["python3", "-c", Self.count, community.sandbox.database, id]
    ).succeeded().json()
    let figures = try community.data("message", "analytics", "news")
    #expect(
      NSDictionary(dictionary: figures) == NSDictionary(dictionary: try #require(expected as? [String: Any])))
    #expect((figures["topLinks"] as? [Any])?.count == 20)
  }

  @Test func ratesAreToOneDecimalAndNoneOfNothing() throws {
    let opened =
      "'opened', '2025-11-13T08:00:00Z', '2025-11-13T08:00:00Z', '2025-11-13T09:15:00Z', NULL, NULL"
    let failed = "'failed', '2025-11-13T08:00:00Z', NULL, NULL, NULL, '550 no'"
    try sent.add("News", [opened, failed, opened])
    let json = try community.run("message", "analytics", "news", "--json").stdout
    #expect(json.contains("\"openRate\":66.7,\"clickRate\":0.0,\"deliveryRate\":66.7,"))
    #expect(
      json.contains(
        "\"totalSent\":3,\"totalDelivered\":2,\"totalOpened\":2,\"totalClicked\":0,\"totalFailed\":1"))
    try community.run("message", "add", "--title", "Draft", "--content", "x")
    let draft = try community.data("message", "analytics", "draft")
    #expect(draft["openRate"] is NSNull && draft["clickRate"] is NSNull && draft["deliveryRate"] is NSNull)
    #expect(draft["totalSent"] as? Int == 0)
    #expect(
      (draft["opensByHour"] as? [Any])?.isEmpty == true && (draft["topLinks"] as? [Any])?.isEmpty == true)
  }

  @Test func theLongFormHasOneFigureALine() throws {
    let id = try sent.add(
      "News",
      ["'clicked', '2025-11-13T08:00:00Z', NULL, '2025-11-13T09:15:00Z', '2025-11-13T09:16:00Z', NULL"])
    try sent.tell(
      [
        (0, "'opened', '2025-11-13T09:15:00Z', NULL"), (0, "'opened', '2025-11-13T09:59:59Z', NULL"),
        (0, "'clicked', '2025-11-13T10:16:00Z', 'https://grace.example/=a,b'"),
      ], of: id)
    let csv = try community.run("message", "analytics", "news", "--format", "csv").lines
    #expect(csv.first == "section,key,period,value")
    for line in [
      "summary,totalSent,,1", "summary,openRate,,100.0", "opensByHour,count,2025-11-13T09:00:00Z,2",
      "clicksByHour,count,2025-11-13T10:00:00Z,1", "topLinks,\"https://grace.example/=a,b.clicks\",,1",
    ] { #expect(csv.contains(line), "\(csv)") }
    let two = try community.run(
      "message", "analytics", "news", "--fields", "openRate,totalSent", "--format", "tsv")
    #expect(
      two.lines == ["section\tkey\tperiod\tvalue", "summary\topenRate\t\t100.0", "summary\ttotalSent\t\t1"])
    try community.refuses(2, "message", "analytics", "news", "--format", "count")
    try community.refuses(2, "message", "analytics", "news", "--format", "ids")
    try community.refuses(2, "message", "analytics", "news", "--fields", "opnRate", saying: "openRate")
    try community.refuses(6, "message", "analytics", "nothing")
    let terminal = try community.sandbox.terminal(["message", "analytics", "news"])
    terminal.finish()
    #expect(terminal.text.contains("https://grace.example/=a,b") && terminal.text.contains("openRate"))
  }
}
