/// Shares in percent, as every figure has them.
public enum Percentage {
  /// A share in percent, to one decimal, halves away from zero; nil of nothing.
  /// - Parameters:
  ///   - count: the part.
  ///   - total: the whole.
  public static func of(_ count: Int, in total: Int) -> Double? {
    guard total > 0 else { return nil }
    return (Double(count) / Double(total) * 1000).rounded() / 10
  }
}
