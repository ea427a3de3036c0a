/// Figures drawn with characters.
public enum Chart {
  /// The left eighths of a cell, from one to seven of them.
  private static let eighths: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  private static let levels: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// A bar whose length is the share of `value` in `most`, to an eighth of a column; something for anything above
  /// nothing.
  /// - Parameters:
  ///   - columns: the length of the bar for `most`.
  ///   - isUTF8: whether to draw blocks, or `#`.
  public static func bar(_ value: Double, of most: Double, columns: Int, isUTF8: Bool) -> String {
    guard value > 0, most > 0, columns > 0, columns < 10_000 else { return "" }
    let share = min(1, value / most) * Double(columns)
    guard isUTF8 else { return String(repeating: "#", count: max(1, Int(share.rounded()))) }
    let length = max(1, Int((share * 8).rounded()))
    let whole = String(repeating: "█", count: length / 8)
    return length % 8 == 0 ? whole : whole + String(eighths[length % 8 - 1])
  }

  /// One character a value, from the least to the greatest.
  /// - Parameter columns: how many characters there may be; where there are more values, neighbours are drawn as
  ///   their mean.
  public static func sparkline(_ values: [Double], columns: Int = .max) -> String {
    let values = condensed(values, to: columns)
    guard let least = values.min(), let most = values.max() else { return "" }
    return String(
      values.map { value in
        guard most > least else { return levels[0] }
        return levels[min(7, max(0, Int((value - least) / (most - least) * 7.999)))]
      })
  }

  /// At most `count` values, each the mean of its neighbours.
  private static func condensed(_ values: [Double], to count: Int) -> [Double] {
    guard count > 0, values.count > count else { return values }
    return (0..<count).map { index in
      let part = values[(index * values.count / count)..<((index + 1) * values.count / count)]
      return part.reduce(0, +) / Double(part.count)
    }
  }
}
