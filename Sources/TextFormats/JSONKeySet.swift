/// The keys of one object so far. Few are compared one by one; many go into a set, so that a hostile
/// object of a million keys does not take a million times a million comparisons.
struct KeySet {
  private var many: Set<String> = []

  /// False where `key` is among the `members` already.
  mutating func insert(_ key: String, among members: [JSONObject.Member]) -> Bool {
    if members.count < 16 { return !members.contains { $0.key == key } }
    if many.isEmpty { many = Set(members.map(\.key)) }
    return many.insert(key).inserted
  }
}
