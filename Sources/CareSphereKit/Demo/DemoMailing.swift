/// A message that was sent in the past year: what, when and to whom.
struct DemoMailing {
  /// How it was made.
  enum Text {
    case template(String)
    case own(subject: String?, content: String)
  }

  var title: String
  var text: Text
  var type = MessageType.email
  /// How many days ago, and at what hour.
  var daysAgo: Int
  var hour = 10
  /// The group that it went to; nil where people were chosen one by one.
  var group: String?
  /// The places of those it went to, in order.
  var people: [Int] = []
  /// The links in it, the most followed first.
  var links: [String] = []
  /// Of a thousand who would open a message so many open this one.
  var appeal = 1000
  /// Whether it came back from everybody.
  var isRefused = false
  /// The id of the rule that sent it; nil where somebody did.
  var ruleID: String?

  /// Whether a rule sent it.
  var isAutomatic: Bool { ruleID != nil }

  /// What was sent by hand, the earliest first.
  static func campaigns(_ roster: DemoRoster, _ calendar: DemoCalendar) -> [DemoMailing] {
    var all = newsletters + others
    for index in all.indices {
      guard let group = all[index].group else { continue }
      let settled = calendar.moment(all[index].daysAgo + DemoGroups.settling + 1, hour: 0)
      all[index].people = (roster.groups[group] ?? []).filter { roster.created($0) <= settled }
    }
    // Somebody whose mailbox does not exist, and nobody else.
    if let person = (0..<roster.count).first(where: {
      roster.email($0) != nil && roster.archived[$0] == nil
        && roster.created($0) < calendar.moment(360, hour: 0)
    }) {
      all.append(
        DemoMailing(
          title: "Test of the new mail server", text: .own(subject: "A test", content: "Did this arrive?"),
          daysAgo: 350, people: [person], isRefused: true))
    }
    return all.filter { !$0.people.isEmpty }.sorted { ($0.daysAgo, $0.title) > ($1.daysAgo, $1.title) }
  }

  private static let site = [
    "https://grace.example/calendar", "https://grace.example/sermons", "https://grace.example/give",
  ]

  private static let newsletters = (0..<13).map { number in
    DemoMailing(
      title: "Newsletter \(13 - number)", text: .template(DemoTemplates.newsletter), daysAgo: 5 + 28 * number,
      hour: [10, 18, 9, 10, 20][number % 5], group: DemoGroups.newsletter, links: site,
      appeal: [1000, 900, 1100, 850][number % 4])
  }

  private static let others: [DemoMailing] = [
    DemoMailing(
      title: "Rehearsal on Thursday", text: .template(DemoTemplates.rehearsal), type: .sms, daysAgo: 8,
      hour: 16,
      group: DemoGroups.choir),
    DemoMailing(
      title: "Rehearsal moves to the hall", text: .template(DemoTemplates.rehearsal), type: .sms, daysAgo: 70,
      hour: 17, group: DemoGroups.choir),
    DemoMailing(
      title: "Rehearsals after the holidays", text: .template(DemoTemplates.rehearsal), type: .sms,
      daysAgo: 201,
      hour: 16, group: DemoGroups.choir),
    DemoMailing(
      title: "Service in an hour", text: .template(DemoTemplates.reminder), type: .push, daysAgo: 7, hour: 9,
      group: DemoGroups.homeGroup, appeal: 700),
    DemoMailing(
      title: "Youth camp: what to bring", text: .template(DemoTemplates.camp), type: .whatsapp, daysAgo: 23,
      hour: 15, group: DemoGroups.youth, appeal: 1600),
    DemoMailing(
      title: "Minutes of the members' meeting",
      text: .own(subject: nil, content: "The minutes are on the notice board, {{firstName}}."), type: .inApp,
      daysAgo: 51, hour: 12, group: DemoGroups.ushers, appeal: 900),
    DemoMailing(
      title: "Help for the summer fair",
      text: .own(
        subject: "Can you help, {{firstName}}?",
        content: "Dear {{firstName}},\n\nwho bakes, who builds? Sign up: https://grace.example/fair\n"),
      daysAgo: 140, hour: 19, group: DemoGroups.parents, links: ["https://grace.example/fair"], appeal: 1200),
    DemoMailing(
      title: "A new home group",
      text: .own(
        subject: "We meet on Tuesdays",
        content: "Dear {{firstName}},\n\nmore at https://grace.example/groups\n"),
      daysAgo: 95, hour: 8, group: DemoGroups.homeGroup, links: ["https://grace.example/groups"]),
  ]
}
