import TestSupport
import Testing

@testable import CareSphereKit

/// The quick ways to read times and to know offsets, against the slow ones.
@Suite struct StoredTimeTests {
  private func seconds(_ text: String) -> Int? {
    let bytes = Array(text.utf8) + [0]
    return bytes.withUnsafeBufferPointer { $0.baseAddress.flatMap { StoredTime.seconds($0) } }
  }

  @Test(arguments: [
    "2025-11-13T10:30:00Z", "1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
    "2000-02-29T12:00:00Z", "1969-12-31T23:59:59Z", "2025-11-13T10:30:00+02:00", "2025-11-13T10:30:00.5Z",
    "", "2", "2025", "2025-11-13", "2025-11-13T10:30:00", "2025-11-13T10:30:00Zx", "2025-13-01T00:00:00Z",
    "2025-00-01T00:00:00Z", "2025-01-32T00:00:00Z", "2025-01-01T24:00:00Z", "2025-01-01T00:60:00Z",
    "2025-01-01T00:00:60Z", "2025-01-0\u{e9}T00:00:00", "2o25-01-01T00:00:00Z", "2025/01/01T00:00:00Z",
  ]) func itReadsWhatATimestampIs(text: String) {
    #expect(seconds(text) == Timestamp(text)?.secondsSinceEpoch)
  }

  @Test func everyDayOfTheCalendarIsRight() throws {
    for day in stride(from: -719_162, through: 2_932_896, by: 97) {
      let moment = try #require(Timestamp(secondsSinceEpoch: day * 86_400 + 3661))
      #expect(seconds(moment.description) == moment.secondsSinceEpoch)
    }
  }

  @Test(arguments: [
    "UTC", "Asia/Kathmandu", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia",
    "Africa/Monrovia", "America/St_Johns",
  ]) func offsetsAreThoseOfTheZone(name: String) throws {
    let zone = try Zone(named: name)
    var offsets = ZoneOffsets(zone)
    var random = SeededGenerator(seed: 7)
    for _ in 0..<3000 {
      let seconds = Int.random(in: -3_000_000_000...4_400_000_000, using: &random)
      let moment = try #require(Timestamp(secondsSinceEpoch: seconds))
      #expect(offsets.local(seconds) == seconds + zone.offset(at: moment))
    }
    // Each quarter of an hour of a year, twice, so that what was learnt is used.
    for _ in 0..<2 {
      for seconds in stride(from: 1_735_689_600, to: 1_767_225_600, by: 900) {
        let moment = try #require(Timestamp(secondsSinceEpoch: seconds))
        #expect(offsets.local(seconds) == seconds + zone.offset(at: moment))
      }
    }
  }

  @Test func aRankingKeepsTheFirst() {
    var random = SeededGenerator(seed: 3)
    for capacity in [1, 3, 10] {
      let numbers = (0..<200).map { ($0, Int.random(in: 0..<20, using: &random)) }
      var ranking = Ranking<Int, Int>(capacity)
      for (index, rank) in numbers { ranking.add(rank) { index } }
      let sorted = numbers.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
      #expect(ranking.entries.map(\.value) == sorted.prefix(capacity).map(\.0))
    }
  }
}
