import Glibc
import SQLiteStore

/// Goes once through people and what they did, in the order of their ids, and keeps of each person no more than the
/// lists need.
struct EngagementCount {
  /// Where somebody stands in a list: by the first number, of equals by the second; the lower, the earlier.
  struct Rank: Comparable {
    var first: Int
    var second = 0

    static func < (left: Rank, right: Rank) -> Bool {
      left.first != right.first ? left.first < right.first : left.second < right.second
    }
  }

  /// Somebody in a list.
  struct Entry {
    var id: String
    var score: Int
    /// In seconds since 1970; `EngagementTally.never` for never.
    var last: Int
  }

  private(set) var tally: EngagementTally
  private(set) var mostEngaged = Ranking<Rank, Entry>(EngagementFigures.maximumEngaged)
  private(set) var leastEngaged = Ranking<Rank, Entry>(EngagementFigures.maximumEngaged)
  private(set) var atRisk = Ranking<Rank, Entry>(EngagementFigures.maximumAtRisk)
  private(set) var atRiskCount = 0

  /// Whoever was last active at this time or before is at risk.
  private let silentSince: Int
  private let until: Timestamp

  init(_ range: AnalyticsRange) {
    until = range.until
    tally = EngagementTally(range)
    silentSince = until.secondsSinceEpoch - EngagementFigures.daysOfSilence * 86_400
  }

  /// Counts all of them.
  /// - Parameter isNarrowed: whether only the people in ``ChosenPeople`` count.
  mutating func run(_ database: Database, isNarrowed: Bool) throws {
    var deeds = try Deeds(database)
    defer { deeds.close() }
    var absent = try AbsentPeople(database, until: until)
    defer { absent.close() }
    let people = try database.prepare(
      "SELECT id FROM \(isNarrowed ? ChosenPeople.table : "members") ORDER BY id")
    defer { people.reset() }
    while try people.step(), let id = people.terminated(0) {
      try count(id, &deeds, &absent)
      if !isNarrowed, hasEnoughIdle { break }
    }
    if !isNarrowed { try countRest(&deeds, &absent) }
  }

  /// Whether it is known who is the least engaged, because there are enough who never did anything. They are in no other
  /// list, so that from there on only those are looked at who did.
  private var hasEnoughIdle: Bool {
    leastEngaged.isFull && leastEngaged.entries.last?.rank == Rank(first: 0, second: EngagementTally.never)
  }

  private mutating func countRest(_ deeds: inout Deeds, _ absent: inout AbsentPeople) throws {
    // A copy, because what is read of a row is gone with the row.
    var id: [UInt8] = []
    while let next = deeds.next {
      id.removeAll(keepingCapacity: true)
      id.append(contentsOf: UnsafeBufferPointer(start: next, count: strlen(next) + 1))
      try id.withUnsafeBufferPointer {
        if let start = $0.baseAddress { try count(start, &deeds, &absent) }
      }
    }
  }

  /// Counts what somebody did who comes after those before.
  @inline(__always)
  private mutating func count(
    _ id: UnsafePointer<UInt8>, _ deeds: inout Deeds, _ absent: inout AbsentPeople
  ) throws {
    tally.begin()
    try deeds.read(of: id) { tally.add($0) }
    if try !absent.contains(id) { list(id) }
  }

  @inline(__always)
  private mutating func list(_ id: UnsafePointer<UInt8>) {
    let (score, last) = (tally.score, tally.last)
    func entry() -> Entry { Entry(id: String(cString: id), score: score, last: last) }
    leastEngaged.add(Rank(first: score, second: last), entry)
    guard last != EngagementTally.never else { return }
    if score > 0 { mostEngaged.add(Rank(first: -score, second: -last), entry) }
    if last <= silentSince {
      atRiskCount += 1
      atRisk.add(Rank(first: -last), entry)
    }
  }
}
