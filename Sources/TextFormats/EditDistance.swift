/// How many slips of the finger lie between two words, for "did you mean" hints.
public enum EditDistance {
  /// Words longer than this are never compared: nobody mistypes a name of this length, and the
  /// comparison takes time proportional to the product of both lengths.
  public static let longestWord = 64

  /// The optimal string alignment distance (Damerau–Levenshtein without overlapping transpositions):
  /// the least number of insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`.
  /// - Returns: the distance in Unicode scalars, or nil where one of the words exceeds `longestWord`.
  public static func between(_ a: String, _ b: String) -> Int? {
    let left = Array(a.unicodeScalars.prefix(longestWord + 1))
    let right = Array(b.unicodeScalars.prefix(longestWord + 1))
    guard left.count <= longestWord, right.count <= longestWord else { return nil }
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    var row = beforeLast
    for i in 1...left.count {
      row[0] = i
      for j in 1...right.count {
        let same = left[i - 1] == right[j - 1]
        var best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1))
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          best = min(best, beforeLast[j - 2] + 1)
        }
        row[j] = best
      }
      (beforeLast, last, row) = (last, row, beforeLast)
    }
    return last[right.count]
  }

  /// The candidate that `word` most likely stands for: the one with the least distance, compared without
  /// case, at most a third of the longer word away; or the only one that begins with it.
  /// - Returns: nil where none is near enough to be worth proposing; of equals the first.
  public static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
    guard !word.isEmpty, word.utf8.count <= 4 * longestWord else { return nil }
    let typed = word.lowercased()
    var best: (candidate: String, distance: Int)?
    var beginnings: [String] = []
    for candidate in candidates {
      let lowered = candidate.lowercased()
      if lowered.utf8.starts(with: typed.utf8) { beginnings.append(candidate) }
      guard let distance = between(typed, lowered) else { continue }
      let length = max(typed.unicodeScalars.count, lowered.unicodeScalars.count)
      guard distance <= max(1, length / 3), distance < length else { continue }
      if distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    if let best { return best.candidate }
    return beginnings.count == 1 ? beginnings.first : nil
  }
}
