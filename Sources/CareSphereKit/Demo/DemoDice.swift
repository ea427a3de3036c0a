/// Chances that fall the same way every time: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", 2014). What is thrown for one person or message has no influence on what is thrown for another.
struct DemoDice {
  /// What the dice are thrown for.
  enum Purpose: UInt64 {
    case families = 1, standing, belonging, attendance, answers, notes
  }

  private static let gamma: UInt64 = 0x9E37_79B9_7F4A_7C15

  private var state: UInt64

  /// - Parameters:
  ///   - purpose: what they are thrown for.
  ///   - first: whom it is about, for example the place of a message.
  ///   - second: whom else, for example the place of a person.
  init(_ purpose: Purpose, _ first: Int = 0, _ second: Int = 0) {
    state = purpose.rawValue &* 0xBF58_476D_1CE4_E5B9
    for number in [first, second] {
      state = Self.mixed(state &+ UInt64(truncatingIfNeeded: number) &* Self.gamma &+ Self.gamma)
    }
  }

  /// A number from 0 to `count` - 1; 0 where there is none.
  mutating func below(_ count: Int) -> Int {
    guard count > 0 else { return 0 }
    state &+= Self.gamma
    return Int(Self.mixed(state) >> 33) % count
  }

  /// Whether something comes to pass that does so in so many of a thousand cases.
  mutating func happens(perMille: Int) -> Bool { below(1000) < perMille }

  /// One of a list that is not empty.
  mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
