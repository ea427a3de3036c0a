import CareSphereKit
import Testing

@Suite struct CryptoUUIDTests {
  @Test func ascendsAndNeverRepeats() {
    let ids = UUIDv7Generator()
    var previous = ""
    for _ in 0..<50_000 {
      let id = ids.next()
      #expect(id > previous)
      previous = id
    }
  }

  @Test func carriesTheMomentTheVersionAndTheVariant() {
    let id = UUIDv7Generator().next(milliseconds: 0x017F_22E2_79B0)
    #expect(id.hasPrefix("017f22e2-79b0-7"))
    #expect("89ab".contains(Array(id)[19]))
    #expect(UUIDText.isValid(id))
  }

  @Test func aClockSetBackDoesNotBreakTheOrder() {
    let ids = UUIDv7Generator()
    let first = ids.next(milliseconds: 5_000_000)
    let second = ids.next(milliseconds: 1_000)
    let third = ids.next(milliseconds: 5_000_001)
    #expect(first < second && second < third)
    #expect(second.prefix(13) == first.prefix(13))
  }

  @Test func theEndsAreRandom() {
    let ids = UUIDv7Generator()
    let ends = Set((0..<20_000).map { _ in ids.next(milliseconds: 1).suffix(12) })
    #expect(ends.count == 20_000)
  }

  @Test func twoGeneratorsDoNotMeet() {
    let (one, other) = (UUIDv7Generator(), UUIDv7Generator())
    let made = Set((0..<5_000).flatMap { _ in [one.next(milliseconds: 9), other.next(milliseconds: 9)] })
    #expect(made.count == 10_000)
  }

  @Test(arguments: [
    "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "9b5b2f0e-2c1f-4d38-8b3f-0a1b2c3d4e5f",
  ])
  func acceptsUUIDs(text: String) { #expect(UUIDText.isValid(text)) }

  @Test(arguments: [
    "", "017f22e2", "017F22E2-79B0-7CC3-98C4-DC0C0C07398F", "017f22e279b07cc398c4dc0c0c07398f",
    "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff",
    "017f22e2-79b0-0cc3-98c4-dc0c0c07398f", "017f22e2-79b0-7cc3-c8c4-dc0c0c07398f",
    "017f22e2_79b0-7cc3-98c4-dc0c0c07398f", "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}",
    "017f22e2-79b0-7cc3-98c4-dc0c0c0739é", "00000000-0000-0000-0000-000000000000",
  ])
  func refusesEverythingElse(text: String) { #expect(!UUIDText.isValid(text)) }
}
