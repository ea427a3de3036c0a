import Glibc

/// How often each of many texts occurs, told apart as bytes: a String is made of each different one only.
struct ByteTally {
  private struct Entry {
    var start: Int
    var length: Int
    var hash: UInt64
    var count: Int
  }

  /// Nobody knows it, so that nobody can choose texts that all meet in one place.
  private let seed = UInt64.random(in: .min ... .max)

  private var entries: [Entry] = []
  /// The texts of all entries, one after the other.
  private var bytes: [UInt8] = []
  /// Of each place of the hash table the entry's number from 1; 0 where it is free. Their number is a power of two,
  /// and at least half of them are free.
  private var slots = [Int](repeating: 0, count: 64)

  /// Counts a text.
  mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    let hash = hash(text)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let index = slots[slot] - 1
      let entry = entries[index]
      if entry.hash == hash, entry.length == text.count, isText(of: entry, text) {
        entries[index].count += 1
        return
      }
      slot = (slot + 1) & mask
    }
    slots[slot] = entries.count + 1
    entries.append(Entry(start: bytes.count, length: text.count, hash: hash, count: 1))
    bytes.append(contentsOf: text)
    if entries.count * 2 > slots.count { grow() }
  }

  private func isText(of entry: Entry, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let other = text.baseAddress else { return true }
    return bytes.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { memcmp($0 + entry.start, other, entry.length) == 0 } ?? true
    }
  }

  /// Eight bytes at a time are multiplied in and folded, as in Wang Yi's wyhash: for texts as short as these Swift's own
  /// hash takes several times as long.
  private func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let raw = UnsafeRawBufferPointer(text)
    var hash = seed ^ UInt64(text.count)
    var place = 0
    while place + 8 <= raw.count {
      hash = Self.folded(hash ^ raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      place += 8
    }
    var rest: UInt64 = 0
    while place < raw.count {
      rest = rest << 8 | UInt64(raw[place])
      place += 1
    }
    return Self.folded(hash ^ rest)
  }

  @inline(__always)
  private static func folded(_ word: UInt64) -> UInt64 {
    let product = word.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }

  private mutating func grow() {
    slots = [Int](repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for (index, entry) in entries.enumerated() {
      var slot = Int(truncatingIfNeeded: entry.hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = index + 1
    }
  }

  /// The different texts in the order in which they came, and how often each did.
  var counts: [(text: String, count: Int)] {
    entries.map { entry in
      (String(decoding: bytes[entry.start..<entry.start + entry.length], as: UTF8.self), entry.count)
    }
  }
}
