/// A random number generator that gives the same numbers for the same seed, so that a property that
/// fails can be made to fail again (SplitMix64, Steele, Lea and Flood 2014).
public struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A text of at most `length` scalars, in which what breaks formats is frequent: quotes, commas,
  /// line ends, spaces, controls, combining marks, other scripts, emoji.
  public mutating func text(length: Int) -> String {
    let awkward: [Unicode.Scalar] = [
      "\"", "'", ",", ";", "\t", "\n", "\r", " ", "=", "+", "-", "@", "\\", "\u{1b}", "\u{202e}", "\u{301}",
      "\u{e9}", "\u{1e63}", "\u{5d0}", "\u{4e2d}", "\u{1f600}", "a", "Z", "0",
    ]
    var result = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...max(0, length), using: &self) {
      if let scalar = awkward.randomElement(using: &self) { result.append(scalar) }
    }
    return String(result)
  }
}
