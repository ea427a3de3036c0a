/// Numbers as people read them.
public enum FigureText {
  /// A whole number, its thousands apart: `1,234,567`.
  public static func grouped(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var text = value < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// A number rounded to so many decimal places, halves away from zero: `12.5`; what is no number as `–`.
  /// - Parameter places: 0 to 6.
  public static func decimal(_ value: Double, places: Int) -> String {
    let places = min(6, max(0, places))
    let scale = (0..<places).reduce(1) { scale, _ in scale * 10 }
    let scaled = (value * Double(scale)).rounded()
    guard scaled.isFinite, scaled.magnitude < 1e15 else { return "–" }
    let units = Int(scaled)
    let sign = units < 0 ? "-" : ""
    if places == 0 { return sign + String(units.magnitude) }
    let rest = String(units.magnitude % scale.magnitude)
    let zeros = String(repeating: "0", count: places - rest.count)
    return sign + String(units.magnitude / scale.magnitude) + "." + zeros + rest
  }

  /// A number for an axis, short: `250`, `1,500`, `2.5M`.
  public static func short(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "–" }
    for (least, size, letter) in [(1e9, 1e9, "B"), (1e6, 1e6, "M"), (1e4, 1e3, "k")]
    where value.magnitude >= least {
      return trimmed(value / size) + letter
    }
    return value == value.rounded() ? grouped(Int(value)) : trimmed(value)
  }

  private static func trimmed(_ value: Double) -> String {
    value == value.rounded() ? decimal(value, places: 0) : decimal(value, places: 1)
  }
}
