import SQLiteStore

/// Makes the groups, and puts people into them.
struct DemoGroups {
  /// A group that people are put into.
  private struct Fixed {
    var name: String
    var type: String
    var color: String
    /// Of a thousand who could be in it so many are.
    var share: Int
  }

  static let newsletter = "Newsletter"
  static let choir = "Choir"
  static let youth = "Youth"
  static let ushers = "Ushers"
  static let homeGroup = "Home group North"
  static let parents = "Parents"
  static let volunteers = "Volunteers"

  /// How many people there may be for the newsletter to go to most of them.
  static let everybody = 20_000

  /// Within how many days people are in the groups that they come to be in.
  static let settling = 20

  private let database: Database
  private let ids: UUIDv7Generator
  private let provenance: Provenance
  private let calendar: DemoCalendar

  init(_ database: Database, ids: UUIDv7Generator, provenance: Provenance, calendar: DemoCalendar) {
    self.database = database
    self.ids = ids
    self.provenance = provenance
    self.calendar = calendar
  }

  private static func fixed(_ total: Int) -> [Fixed] {
    [
      Fixed(name: newsletter, type: "list", color: "#1F77B4", share: total <= everybody ? 850 : 190),
      Fixed(name: choir, type: "ministry", color: "#9467BD", share: 110),
      Fixed(name: youth, type: "age", color: "#2CA02C", share: 110),
      Fixed(name: ushers, type: "ministry", color: "#8C564B", share: 40),
      Fixed(name: homeGroup, type: "small-group", color: "#FF7F0E", share: 130),
      Fixed(name: "Home group South", type: "small-group", color: "#FF9896", share: 110),
      Fixed(name: parents, type: "interest", color: "#E377C2", share: 90),
    ]
  }

  /// The filters of those whose members are whoever they find.
  private static let dynamic = [
    (name: volunteers, description: "Whoever has the tag", query: "status = active and tag = volunteer"),
    (
      name: "Newcomers", description: "Who joined in the last three months",
      query: "joinDate >= -90d and status != archived"
    ),
  ]

  /// Makes all of them.
  /// - Returns: the ids by name, and how many people were put into groups
  func make(_ roster: inout DemoRoster) throws -> (ids: [String: String], assignments: Int) {
    var provenance = provenance
    provenance.at = calendar.moment(DemoCalendar.days, hour: 9).description
    let store = GroupStore(database, ids: ids, provenance: provenance)
    let groups = Self.fixed(roster.count)
    var names: [String: String] = [:]
    for group in groups {
      names[group.name] = try store.add(
        GroupValues(name: group.name, type: group.type, color: group.color)
      ).id
    }
    for group in Self.dynamic {
      names[group.name] = try store.add(
        GroupValues(name: group.name, description: group.description, type: "dynamic", query: group.query)
      ).id
    }
    return (names, try assign(groups, names, &roster))
  }

  private func assign(
    _ groups: [Fixed], _ names: [String: String], _ roster: inout DemoRoster
  ) throws -> Int {
    let indexes = try DemoIndexes(database, of: ["member_group_assignments"])
    let insertion = try database.prepare(
      """
      INSERT INTO member_group_assignments (id, member_id, group_id, assigned_at, assigned_by)
      VALUES (?, ?, ?, ?, ?)
      """)
    var count = 0
    for person in 0..<roster.count {
      var dice = DemoDice(.belonging, person)
      for group in groups {
        let (isIn, delay) = (dice.happens(perMille: group.share), dice.below(Self.settling))
        guard isIn, let id = names[group.name] else { continue }
        // Who reads mail over somebody's shoulder needs no copy, as a rule.
        let isReached = roster.email(person) != nil && (roster.emailOwner(person) == person || delay < 4)
        if group.name == Self.newsletter, !isReached, delay < 19 { continue }
        // Within `settling` days, and never later than yesterday.
        let joined = roster.created(person).adding(seconds: delay * 86_400) ?? calendar.now
        let latest = calendar.moment(1, hour: 8)
        let moment = max(roster.created(person), min(joined, latest))
        try insertion.bind([
          .text(ids.next()), .text(roster.id(person)), .text(id), .text(moment.description),
          .optional(provenance.actorID),
        ])
        try insertion.run()
        roster.groups[group.name, default: []].append(person)
        roster.did(person, at: moment)
        count += 1
      }
      if person % 4096 == 0 { try database.checkInterrupted(while: DemoCommunity.work) }
    }
    try indexes.restore()
    return count
  }
}
