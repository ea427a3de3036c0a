/// How often each of many texts occurs, told apart as bytes: a String is made of each different one only.
struct ByteTally {
  private struct Entry {
    var start: Int
    var length: Int
    var hash: Int
    var count: Int
  }

  private var entries: [Entry] = []
  /// The texts of all entries, one after the other.
  private var bytes: [UInt8] = []
  /// Of each place of the hash table the entry's number from 1; 0 where it is free. Their number is a power of two,
  /// and at least half of them are free.
  private var slots = [Int](repeating: 0, count: 64)

  /// Counts a text.
  mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    // Swift's own hash is seeded, so that nobody can choose texts that all meet in one place.
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(text))
    let hash = hasher.finalize()
    let mask = slots.count - 1
    var slot = hash & mask
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
    for offset in 0..<text.count where bytes[entry.start + offset] != text[offset] { return false }
    return true
  }

  private mutating func grow() {
    slots = [Int](repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for (index, entry) in entries.enumerated() {
      var slot = entry.hash & mask
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
