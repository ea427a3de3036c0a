import CareSphereKit
import TestSupport
import Testing

/// The values of a file, as of 13 November 2025 in UTC.
func fileValues(_ order: DateOrder? = nil) throws -> MemberValues {
  let now = try #require(Timestamp("2025-11-13T10:30:00Z"))
  return MemberValues(clock: Clock(now: now, zone: .utc), source: .file(order))
}

/// The values of flags and request bodies, as of the same day.
func typedValues(_ zone: Zone = .utc) throws -> MemberValues {
  let now = try #require(Timestamp("2025-11-13T10:30:00Z"))
  return MemberValues(clock: Clock(now: now, zone: zone))
}

/// The reason for which a value is refused; nil where it is taken.
func reason(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return (error as? ValueProblem)?.reason ?? "\(error)"
  }
}

/// Texts of letters that are likely to matter, the same for the same seed.
struct SeededText {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// A text of at most `length` scalars of `letters`.
  mutating func text(of letters: String, upTo length: Int) -> String {
    let scalars = Array(letters.unicodeScalars)
    var result = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...length, using: &generator) {
      if let scalar = scalars.randomElement(using: &generator) { result.append(scalar) }
    }
    return String(result)
  }
}
