/// The quote that keeps a spreadsheet from running a cell as a formula (OWASP, "CSV Injection").
///
/// A cell is dangerous if it starts with `=`, `@`, tab or CR, or with `+` or `-` and is no number or
/// phone, or if it is `'` before such a cell. Because the last rule holds again for what it makes,
/// `unguarded(guarded(x)) == x` and `unguarded(x) == x` for every `x` that is not guarded.
public enum FormulaGuard {
  private static let quote = UInt8(ascii: "'")

  /// Whether an export has to put a `'` before these bytes.
  /// - Parameter cell: the whole cell in UTF-8, before any CSV quoting.
  @inline(__always)
  public static func isNeeded(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = cell.first else { return false }
    // Every byte that can start a dangerous cell is below the digits or is `=` or `@`.
    if first > 0x40 || (first >= 0x30 && first < 0x3D) { return false }
    return isDangerous(cell)
  }

  /// Whether an export has to put a `'` before this text.
  public static func isNeeded(_ cell: String) -> Bool {
    var cell = cell
    return cell.withUTF8 { isNeeded($0) }
  }

  /// Whether an import has to take the first byte off: it is a `'` that an export put there.
  /// - Parameter cell: the whole cell in UTF-8, after any CSV unquoting.
  @inline(__always)
  public static func isPresent(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = cell.first, first == quote else { return false }
    return isDangerous(UnsafeBufferPointer(rebasing: cell.dropFirst()))
  }

  /// The text as an export writes it.
  public static func guarded(_ cell: String) -> String { isNeeded(cell) ? "'" + cell : cell }

  /// The text that an export had guarded; any other text as it is.
  public static func unguarded(_ cell: String) -> String {
    var text = cell
    return text.withUTF8 { isPresent($0) } ? String(cell.unicodeScalars.dropFirst()) : cell
  }

  private static func isDangerous(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = cell.firstIndex(where: { $0 != quote }) else { return false }
    switch cell[start] {
    case UInt8(ascii: "="), UInt8(ascii: "@"), 0x09, 0x0D: return true
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      let rest = cell[start...]
      return !isNumber(rest) && !isPhone(rest)
    default: return false
    }
  }

  /// A sign, digits with at most one point among them, and perhaps an exponent.
  private static func isNumber(_ cell: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var rest = cell.dropFirst()
    func digits() -> Int {
      let run = rest.prefix { isDigit($0) }.count
      rest = rest.dropFirst(run)
      return run
    }
    var mantissa = digits()
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      mantissa += digits()
    }
    guard mantissa > 0 else { return false }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// `+`, then nothing but digits, spaces (also unbreakable ones), `(`, `)`, `-`, `.` and `/`, with at
  /// least three digits. A second `+` or a letter could be part of a formula.
  private static func isPhone(_ cell: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard cell.first == UInt8(ascii: "+") else { return false }
    var count = 0
    var previous: UInt8 = 0
    for byte in cell.dropFirst() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): count += 1
      case UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "/"):
        if previous == 0xC2 { return false }
      case 0xC2: break
      case 0xA0 where previous == 0xC2: break
      default: return false
      }
      previous = byte
    }
    return count >= 3 && previous != 0xC2
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
