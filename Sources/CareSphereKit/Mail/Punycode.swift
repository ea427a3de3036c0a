/// Unicode in the letters, digits and hyphens of ASCII (RFC 3492).
enum Punycode {
  private static let base: UInt32 = 36
  private static let minimum: UInt32 = 1
  private static let maximum: UInt32 = 26

  /// A text encoded, without `xn--`; nil for one that is longer than any name.
  static func encode(_ text: String) -> String? {
    let scalars = text.unicodeScalars.map(\.value)
    // So bounded, nothing below overflows.
    guard scalars.count <= 255 else { return nil }
    var output = scalars.filter { $0 < 0x80 }.map { UInt8(truncatingIfNeeded: $0) }
    let basic = UInt32(output.count)
    var handled = basic
    if basic > 0 { output.append(UInt8(ascii: "-")) }
    var (next, delta, bias): (UInt32, UInt32, UInt32) = (0x80, 0, 72)
    while handled < scalars.count {
      guard let smallest = scalars.filter({ $0 >= next }).min() else { return nil }
      delta += (smallest - next) * (handled + 1)
      next = smallest
      for scalar in scalars {
        if scalar < next { delta += 1 }
        guard scalar == next else { continue }
        append(delta, bias, to: &output)
        bias = adapted(delta, handled: handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      next += 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// A number whose last digit is known by its size (RFC 3492, section 3.3).
  private static func append(_ delta: UInt32, _ bias: UInt32, to output: inout [UInt8]) {
    var (rest, position) = (delta, base)
    while true {
      let threshold =
        position <= bias ? minimum : position >= bias + maximum ? maximum : position - bias
      if rest < threshold { break }
      output.append(digit(threshold + (rest - threshold) % (base - threshold)))
      rest = (rest - threshold) / (base - threshold)
      position += base
    }
    output.append(digit(rest))
  }

  private static func digit(_ value: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: value < 26 ? value + 0x61 : value - 26 + 0x30)
  }

  /// RFC 3492, section 6.1.
  private static func adapted(_ delta: UInt32, handled: UInt32, isFirst: Bool) -> UInt32 {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / handled
    var bias: UInt32 = 0
    while delta > ((base - minimum) * maximum) / 2 {
      delta /= base - minimum
      bias += base
    }
    return bias + (base - minimum + 1) * delta / (delta + 38)
  }
}
