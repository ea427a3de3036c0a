/// The first few of many in some order, without keeping the others. Of equals the one that came first is the first.
struct Ranking<Rank: Comparable, Value> {
  private let capacity: Int
  private(set) var entries: [(rank: Rank, value: Value)] = []

  /// - Parameter capacity: how many are kept.
  init(_ capacity: Int) { self.capacity = capacity }

  /// Whether there are as many as are kept.
  var isFull: Bool { entries.count >= capacity }

  /// Takes a value if it is among the first; only then it is made.
  @inline(__always)
  mutating func add(_ rank: Rank, _ value: () -> Value) {
    if isFull {
      guard let last = entries.last, rank < last.rank else { return }
    }
    insert(rank, value())
  }

  @inline(never)
  private mutating func insert(_ rank: Rank, _ value: Value) {
    if isFull { entries.removeLast() }
    let place = entries.firstIndex { rank < $0.rank } ?? entries.endIndex
    entries.insert((rank, value), at: place)
  }
}
