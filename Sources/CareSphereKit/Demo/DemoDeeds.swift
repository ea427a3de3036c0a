import SQLiteStore
import TextFormats

/// What people did besides reading mail, as somebody would have logged it, and notes on them.
struct DemoDeeds {
  /// At most so many notes are written, however many people there are.
  static let maximumNotes = 2000

  private let database: Database
  private let ids: UUIDv7Generator
  private let provenance: Provenance
  private let calendar: DemoCalendar
  private let actor: Actor

  /// - Parameter actor: whose the notes are.
  init(
    _ database: Database, ids: UUIDv7Generator, provenance: Provenance, calendar: DemoCalendar, actor: Actor
  ) {
    self.database = database
    self.ids = ids
    self.provenance = provenance
    self.calendar = calendar
    self.actor = actor
  }

  /// Writes down who came on Sundays, and who was visited.
  /// - Returns: how many activities that makes
  func attend(_ roster: inout DemoRoster) throws -> Int {
    // Sundays of the last year, the latest first.
    let sundays = (2...366).filter { calendar.day($0).weekday == 7 }
    let insertion = try database.prepare(
      """
      INSERT INTO member_activities (id, member_id, activity_type, description, metadata, created_by, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
    var count = 0
    func add(_ type: String, _ description: String, _ metadata: String?, _ person: Int, _ at: Timestamp)
      throws
    {
      guard at > roster.created(person), at < roster.archived[person] ?? .max else { return }
      try insertion.bind([
        .text(ids.next()), .text(roster.id(person)), .text(type), .text(description), .optional(metadata),
        .optional(provenance.actorID), .text(at.description),
      ])
      try insertion.run()
      roster.did(person, at: at)
      count += 1
    }
    let few = roster.count > DemoGroups.everybody
    for person in 0..<roster.count {
      var dice = DemoDice(.attendance, person)
      for daysAgo in attended(person, roster.zeal(person), few, sundays, &dice) {
        try add(
          "attendance", "Sunday service", "{\"service\":\"10:00\"}", person,
          calendar.moment(daysAgo, hour: 10, second: dice.below(900)))
      }
      if dice.happens(perMille: 25) {
        try add(
          "pastoral_visit", "A visit at home", nil, person,
          calendar.moment(3 + dice.below(300), hour: 15, second: dice.below(7200)))
      }
      if person % 4096 == 0 { try database.checkInterrupted(while: DemoCommunity.work) }
    }
    return count
  }

  /// How many days ago somebody came.
  private func attended(
    _ person: Int, _ zeal: DemoPerson.Zeal, _ few: Bool, _ sundays: [Int], _ dice: inout DemoDice
  ) -> [Int] {
    let times =
      switch zeal {
      case .silent: 0
      case .lapsed: few ? dice.below(2) : 2
      case .occasional: few ? dice.below(2) : 4
      case .keen: few ? 2 : 14
      }
    let choice = zeal == .lapsed ? sundays.filter { $0 > DemoRoster.lapse(person) } : sundays
    guard !choice.isEmpty else { return [] }
    var days = Set((0..<times).map { _ in dice.pick(choice) })
    // Who has lapsed came once more before that.
    if zeal == .lapsed, times > 0, let last = choice.first { days.insert(last) }
    return days.sorted(by: >)
  }

  private static let notes: [(text: String, type: String, isPrivate: Bool)] = [
    ("Asked for a visit after the operation.", "pastoral", true),
    ("Plays the organ and would help on Sundays.", "general", false),
    ("Moves house in spring; the new address comes by post.", "general", false),
    ("Spoke about the loss in the family.", "pastoral", true),
    ("Can drive people to the service.", "general", false),
  ]

  /// Writes notes on some.
  /// - Returns: how many
  func note(_ roster: DemoRoster, members: MemberStore) throws -> Int {
    let step = max(1, roster.count / min(max(1, roster.count / 8), Self.maximumNotes))
    var count = 0
    for person in stride(from: step - 1, to: roster.count, by: step) {
      var dice = DemoDice(.notes, person)
      let moment = max(
        roster.created(person), calendar.moment(2 + dice.below(400), hour: 11, second: dice.below(20_000)))
      guard let member = try members.first("m.id = ?", roster.id(person)) else { continue }
      let note = dice.pick(Self.notes)
      var provenance = provenance
      provenance.at = moment.description
      _ = try NoteStore(database).add(
        note.text, type: note.type, isPrivate: note.isPrivate, to: member, by: actor, ids: ids,
        provenance: provenance)
      count += 1
    }
    return count
  }
}
