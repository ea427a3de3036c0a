import Glibc

/// Makes UUIDs of version 7 (RFC 9562, section 5.7): each greater than the one before, also within a
/// millisecond and when the clock is set back.
///
/// After the 48 bits of the millisecond come 26 bits of counter (12 before and 14 after the variant),
/// begun at random in its lower half in every new millisecond; the last 12 digits are random in every
/// identifier, so that its end alone is enough to tell it by. It is a class because two copies with
/// the same state would make the same identifiers.
public final class UUIDv7Generator {
  private static let counterLimit: UInt32 = 1 << 26
  /// Enough for the identifiers of a small command, and for those of an import.
  private static let poolSizes = (first: 64, further: 4096)

  private var millisecond: UInt64 = 0
  private var counter: UInt32 = 0
  private var pool: [UInt8] = []
  private var used = 0

  /// A generator for one thread.
  public init() {}

  /// The next identifier at this moment, 36 characters in lower case.
  public func next() -> String {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let milliseconds = UInt64(clamping: now.tv_sec) &* 1000 &+ UInt64(clamping: now.tv_nsec / 1_000_000)
    return next(milliseconds: milliseconds)
  }

  /// The next identifier at the given moment.
  ///
  /// - Parameter milliseconds: since 1970; one that is not later than that of the last identifier
  ///   counts as the same.
  public func next(milliseconds: UInt64) -> String {
    if milliseconds > millisecond {
      begin(milliseconds)
    } else if counter &+ 1 < Self.counterLimit {
      counter &+= 1
    } else {
      begin(millisecond &+ 1)
    }
    let tail = UInt64(random32()) << 16 | UInt64(random32() & 0xffff)
    let high = millisecond << 16 | 0x7000 | UInt64(counter >> 14)
    let low = 0x8000 << 48 | UInt64(counter & 0x3fff) << 48 | tail
    return Self.text(high, low)
  }

  private func begin(_ milliseconds: UInt64) {
    millisecond = milliseconds
    counter = random32() & (Self.counterLimit / 2 &- 1)
  }

  /// Four bytes of the pool, which asks the kernel for many at once.
  private func random32() -> UInt32 {
    if used + 4 > pool.count {
      pool = RandomBytes.make(pool.isEmpty ? Self.poolSizes.first : Self.poolSizes.further)
      used = 0
    }
    defer { used += 4 }
    return pool.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: used, as: UInt32.self) }
  }

  private static func text(_ high: UInt64, _ low: UInt64) -> String {
    String(unsafeUninitializedCapacity: 36) { text in
      var next = 0
      for digit in 0..<32 {
        if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
          text[next] = 45
          next += 1
        }
        let word = digit < 16 ? high : low
        let shift = UInt64(60 - digit % 16 * 4)
        text[next] = Hex.digit(UInt8(truncatingIfNeeded: word >> shift) & 15)
        next += 1
      }
      return next
    }
  }
}

/// Identifiers as text.
public enum UUIDText {
  /// Whether the text is a UUID in its one canonical form: 36 characters, lowercase digits, dashes in
  /// their places, a version from 1 to 8 and the variant of RFC 9562.
  public static func isValid(_ text: some StringProtocol) -> Bool {
    guard text.utf8.count == 36 else { return false }
    for (index, character) in text.utf8.enumerated() {
      let fits =
        switch index {
        case 8, 13, 18, 23: character == 45
        case 14: (49...56).contains(character)
        case 19: character == 56 || character == 57 || character == 97 || character == 98
        default: (48...57).contains(character) || (97...102).contains(character)
        }
      guard fits else { return false }
    }
    return true
  }
}
