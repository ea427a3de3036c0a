import TestSupport

/// Makes other texts of texts, as libFuzzer does, but the same ones for the same seed.
struct Mutator {
  /// What there is to begin with, at least one.
  let seeds: [[UInt8]]
  /// What the format is made of.
  let words: [[UInt8]]

  private static let longest = 4096

  /// One of the seeds, changed in one to six places.
  func text(_ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = seeds.randomElement(using: &generator) ?? []
    for _ in 0..<Int.random(in: 1...6, using: &generator) { change(&bytes, &generator) }
    return Array(bytes.prefix(Self.longest))
  }

  private func change(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    let place = Int.random(in: 0...bytes.count, using: &generator)
    let end = min(
      bytes.count,
      place + Int.random(in: 1...(1 << Int.random(in: 0...8, using: &generator)), using: &generator))
    switch Int.random(in: 0..<9, using: &generator) {
    case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
    case 2: bytes.removeSubrange(place..<end)
    case 3:
      bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &generator))
    case 4: bytes.insert(contentsOf: words.randomElement(using: &generator) ?? [], at: place)
    case 5: bytes.replaceSubrange(place..<end, with: words.randomElement(using: &generator) ?? [])
    case 6: bytes.insert(contentsOf: Array(generator.text(length: 8).utf8), at: place)
    case 7: splice(&bytes, at: place, &generator)
    default: bytes.removeSubrange(place...)
    }
  }

  /// Goes on with the rest of another seed.
  private func splice(_ bytes: inout [UInt8], at place: Int, _ generator: inout SeededGenerator) {
    let other = seeds.randomElement(using: &generator) ?? []
    bytes.replaceSubrange(place..., with: other.suffix(Int.random(in: 0...other.count, using: &generator)))
  }
}
