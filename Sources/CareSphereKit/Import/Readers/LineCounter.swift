import Glibc

/// Counts the lines of a text that comes in pieces. LF, CR LF and a lone CR end a line, wherever the
/// pieces are cut.
struct LineCounter {
  /// How many lines have ended so far.
  private(set) var count = 0
  private var endsInCarriageReturn = false

  /// Goes on over the next piece of text.
  mutating func advance(over text: UnsafeBufferPointer<UInt8>) {
    guard let first = text.first, let last = text.last else { return }
    if endsInCarriageReturn && first == 0x0A { count -= 1 }
    count += Self.lineEnds(text)
    endsInCarriageReturn = last == 0x0D
  }

  /// Every LF, and every CR that none follows. The C library looks for one byte faster than any loop
  /// over all of them, and most texts have either no CR or no other line end.
  private static func lineEnds(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var result = 0
    forEach(0x0A, in: text) { _ in result += 1 }
    forEach(0x0D, in: text) { place in
      if place + 1 == text.count || text[place + 1] != 0x0A { result += 1 }
    }
    return result
  }

  private static func forEach(
    _ byte: Int32, in text: UnsafeBufferPointer<UInt8>, _ body: (Int) -> Void
  ) {
    guard let base = text.baseAddress else { return }
    var start = 0
    while start < text.count, let found = memchr(base + start, byte, text.count - start) {
      let place = UnsafeRawPointer(base).distance(to: found)
      body(place)
      start = place + 1
    }
  }
}
