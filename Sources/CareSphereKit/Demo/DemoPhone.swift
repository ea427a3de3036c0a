/// Phone numbers that nobody has: +1 with an area code and 555-0100 to 0199, which are kept for fiction, and the
/// mobile numbers 07700 900000 to 900099 of those that Ofcom keeps for drama.
enum DemoPhone {
  private static let areaCodes = [
    201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229,
    231, 234, 239, 240, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269, 270, 276, 281, 301, 302, 303, 304,
    305, 307, 308, 309, 310, 312, 313, 314, 315, 316, 317, 318, 319, 320, 321, 323, 325, 330,
  ]

  /// How many there are.
  static let count = (areaCodes.count + 1) * 100

  /// The number at a place from 0 to `count` - 1.
  static func number(_ place: Int) -> String {
    let (last, area) = place.quotientAndRemainder(dividingBy: areaCodes.count + 1)
    let digits = String(String(100 + last % 100).suffix(2))
    return areaCodes.indices.contains(area)
      ? "+1 \(areaCodes[area]) 555 01\(digits)" : "+44 7700 9000\(digits)"
  }

  /// The place of the number of somebody; nil for whom there is none. There are few, so that of many people not
  /// everybody has one.
  static func place(of person: Int, among total: Int) -> Int? {
    guard total > count else { return person < count ? person : nil }
    let place = person * count / total
    return person == 0 || (person - 1) * count / total != place ? place : nil
  }
}
