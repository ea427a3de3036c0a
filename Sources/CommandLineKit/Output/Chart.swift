/// Figures drawn with characters.
public enum Chart {
  /// A bar whose length is the share of `value` in `most`; at least one mark for anything above nothing.
  /// - Parameters:
  ///   - columns: the length of the bar for `most`.
  ///   - isUTF8: whether to draw blocks, or `#`.
  public static func bar(_ value: Double, of most: Double, columns: Int, isUTF8: Bool) -> String {
    guard value > 0, most > 0, columns > 0 else { return "" }
    let length = max(1, min(columns, Int((value / most * Double(columns)).rounded())))
    return String(repeating: isUTF8 ? "█" : "#", count: length)
  }

  /// One character a value, from the least to the greatest.
  public static func sparkline(_ values: [Double]) -> String {
    let levels: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    guard let least = values.min(), let most = values.max() else { return "" }
    return String(
      values.map { value in
        guard most > least else { return levels[0] }
        return levels[min(7, max(0, Int((value - least) / (most - least) * 7.999)))]
      })
  }
}
