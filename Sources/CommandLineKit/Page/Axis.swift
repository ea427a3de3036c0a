/// Where the values of a chart lie: round numbers from at most the least to at least the greatest value.
struct Axis: Equatable {
  let low: Double
  let high: Double
  let ticks: [Double]

  /// - Parameters:
  ///   - values: what has to fit.
  ///   - startsAtZero: whether nothing is on it, which the length of bars needs and the height of lines does not.
  ///   - isWhole: whether only whole numbers make sense.
  init(_ values: [Double], startsAtZero: Bool, isWhole: Bool) {
    let values = values.filter { $0.isFinite && $0.magnitude < 1e14 }
    var least = values.min() ?? 0
    var most = values.max() ?? 0
    if startsAtZero || most <= least || least > 0 && least < most / 2 {
      least = min(0, least)
      most = max(0, most)
    }
    if most <= least { most = least + (isWhole ? 4 : 1) }
    var step = Self.roundUp((most - least) / 4)
    if isWhole { step = max(1, step) }
    let first = (least / step).rounded(.down)
    let last = (most / step).rounded(.up)
    low = first * step
    high = last * step
    ticks = stride(from: first, through: min(last, first + 12), by: 1).map { $0 * step }
  }

  /// The next of 1, 2, 5, 10, 20, 50…
  private static func roundUp(_ value: Double) -> Double {
    var power = 1e-6
    while power * 10 <= value { power *= 10 }
    for factor in [1.0, 2, 5] where power * factor >= value { return power * factor }
    return power * 10
  }

  /// How far along the axis a value is, from 0 to 1.
  func position(_ value: Double) -> Double { min(1, max(0, (value - low) / (high - low))) }
}
