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

  /// Two plain loops over words that the compiler turns into vector instructions; nearly every text
  /// has no CR in it, or a CR before each LF only.
  private static func lineEnds(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var feeds = 0
    var returns = 0
    for byte in text {
      feeds &+= byte == 0x0A ? 1 : 0
      returns &+= byte == 0x0D ? 1 : 0
    }
    guard returns > 0 else { return feeds }
    var pairs = 0
    for (byte, next) in zip(text, text.dropFirst()) {
      pairs &+= byte == 0x0D && next == 0x0A ? 1 : 0
    }
    return feeds + returns - pairs
  }
}
