import CareSphereKit

/// What is shown of a distribution: the largest, where there are too many to look at.
struct ShownDistribution {
  /// How many are shown at most.
  static let maximum = 20

  /// In the order to show them.
  private(set) var rows: [(label: String, count: Int)]
  /// How many are not shown.
  let omitted: Int
  let total: Int

  /// - Parameters:
  ///   - distribution: all of it.
  ///   - isDisjoint: whether each person is in one only, so that the rest can be added up as `other`.
  init(_ distribution: PeopleFigures.Distribution, isDisjoint: Bool) {
    total = distribution.count
    // Cities come with such a rest of their own.
    guard distribution.count > Self.maximum + 2 else {
      rows = distribution
      omitted = 0
      return
    }
    let sorted = distribution.enumerated().sorted {
      ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
    }.map(\.element)
    rows = Array(sorted.prefix(Self.maximum))
    omitted = distribution.count - Self.maximum
    if isDisjoint {
      rows.append((label: "other", count: sorted.dropFirst(Self.maximum).reduce(0) { $0 + $1.count }))
    }
  }
}
