import SQLiteStore
import TextFormats

/// Stores the people who are made up, and what became of them: who was archived, came back, or does not want mail.
struct DemoMembers {
  private let database: Database
  private let ids: UUIDv7Generator
  private let provenance: Provenance
  private let calendar: DemoCalendar
  private let changeStatus: Statement

  /// - Parameter provenance: who makes them up.
  init(_ database: Database, ids: UUIDv7Generator, provenance: Provenance, calendar: DemoCalendar) throws {
    self.database = database
    self.ids = ids
    self.provenance = provenance
    self.calendar = calendar
    changeStatus = try database.prepare(
      "UPDATE members SET member_status = ?, updated_at = ?, revision = revision + 1 WHERE row_id = ?")
  }

  /// Makes so many people, on a database without any.
  /// - Parameter progress: called now and then with how many there are.
  func make(_ total: Int, progress: (Int) -> Void) throws -> DemoRoster {
    let indexes = try DemoIndexes(database, of: ["members"])
    let search = MemberSearchIndex(database)
    try search.begin()
    var roster = DemoRoster()
    roster.reserveCapacity(total)
    let batch = ids.next()
    try addBatch(batch)
    let store = try MemberStore(database, ids: ids, provenance: provenance, events: .silent(database))
    var people = DemoPeople(total, calendar: calendar)
    var imported = 0
    while let family = people.next() {
      for person in family {
        let isImported = person.joined > DemoPeople.imported
        if isImported { imported += 1 }
        try add(person, batch: isImported ? batch : nil, to: &roster, store)
        search.added()
      }
      try search.catchUp(atLeast: 10_000)
      if roster.count % 1024 < family.count {
        progress(roster.count)
        try database.checkInterrupted(while: DemoCommunity.work)
      }
    }
    try search.end()
    try endBatch(batch, rows: imported)
    try indexes.restore()
    return roster
  }

  // MARK: One person

  private func add(
    _ person: DemoPerson, batch: String?, to roster: inout DemoRoster, _ store: MemberStore
  ) throws {
    let place = roster.count
    var dice = DemoDice(.standing, place)
    var draft = person.draft
    let created =
      batch == nil
      ? calendar.moment(person.joined, hour: 9, second: dice.below(28_800)) : importedAt
    draft.createdAt = created.description
    let change = Standing(person, isImported: batch != nil, &dice)
    draft.memberStatus = change.first
    let new = NewMember(draft, id: ids.next(), batch: batch, provenance: provenance)
    try store.insert(new)
    let row = database.lastInsertedRow
    roster.append(person, id: new.id, created: created)
    if change.first == .archived { roster.archived[place] = created }
    for (status, daysAgo) in change.changes {
      let moment = calendar.moment(daysAgo, hour: 10, second: dice.below(20_000))
      try changeStatus.bind([.text(status.rawValue), .text(moment.description), .int(row)])
      try changeStatus.run()
      if status == .archived { roster.archived[place] = moment }
    }
    if let monthDay = person.monthDay, person.age != 0 { remember(monthDay, place, &roster) }
    try decide(&dice, place, new.id, created, &roster)
  }

  /// What a person is at first, and what they become later.
  private struct Standing {
    var first = MemberStatus.active
    var changes: [(status: MemberStatus, daysAgo: Int)] = []

    init(_ person: DemoPerson, isImported: Bool, _ dice: inout DemoDice) {
      let known = isImported ? DemoPeople.imported : person.joined
      let (throwOf, spread) = (dice.below(1000), dice.below(1000))
      guard known > 60 else {
        if throwOf < 300 { first = .pending }
        return
      }
      /// A day between a month after they came and three days ago.
      func day(_ share: Int) -> Int { 3 + (known - 33) * share / 1000 }
      switch throwOf {
      case 0..<70: changes = [(.archived, day(spread))]
      case 70..<150: changes = [(.inactive, day(spread))]
      case 150..<170: changes = [(.inactive, day(500 + spread / 2)), (.active, day(spread / 3))]
      case 170..<190 where isImported: first = .archived
      case 190..<240 where !isImported:
        first = .pending
        changes = [(.active, day(950 + spread / 20))]
      default: break
      }
    }
  }

  /// Takes note of a birthday that was in the last four weeks.
  private func remember(_ monthDay: Int, _ place: Int, _ roster: inout DemoRoster) {
    for daysAgo in 1...DemoRules.birthdayDays {
      let day = calendar.day(daysAgo)
      if day.month * 100 + day.day == monthDay { roster.birthdays[daysAgo, default: []].append(place) }
    }
  }

  /// Who does not want to be written to says so when they come.
  private func decide(
    _ dice: inout DemoDice, _ place: Int, _ id: String, _ created: Timestamp, _ roster: inout DemoRoster
  ) throws {
    var provenance = provenance
    provenance.at = created.description
    let consents = ConsentStore(database, provenance: provenance)
    for (channel, out) in [(Channel.email, 30), (.sms, 20), (.push, 5)] {
      let number = dice.below(1000)
      if number < out {
        try consents.set(
          .out, channel, of: id, reason: "asked for letters on paper", source: provenance.command)
        roster.optOuts[channel, default: [:]][place] = created
      } else if number < out + 60 {
        try consents.set(.in, channel, of: id, reason: nil, source: provenance.command)
      }
    }
  }

  // MARK: The import

  private var importedAt: Timestamp { calendar.moment(DemoPeople.imported, hour: 11) }

  private func addBatch(_ id: String) throws {
    try database.execute(
      "INSERT INTO import_batches (id, source, created_by, created_at) VALUES (?, 'old-register.csv', ?, ?)",
      [.text(id), .optional(provenance.actorID), .text(importedAt.description)])
  }

  private func endBatch(_ id: String, rows: Int) throws {
    guard rows > 0 else {
      return try database.execute("DELETE FROM import_batches WHERE id = ?", [.text(id)])
    }
    try database.execute(
      "UPDATE import_batches SET rows = ?1, created = ?1 WHERE id = ?2", [.int(rows), .text(id)])
    var provenance = provenance
    provenance.at = importedAt.description
    try AuditLog(database, ids: ids, provenance: provenance).append(
      entity: "import", id: id,
      after: JSONObject([
        ("source", "old-register.csv"), ("rows", .integer(rows)), ("created", .integer(rows)), ("updated", 0),
        ("rejected", 0),
      ]))
  }
}
