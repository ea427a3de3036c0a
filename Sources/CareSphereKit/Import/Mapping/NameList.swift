/// Names in the order of their first appearance, each once, however many there are.
public struct NameList: Equatable, Sendable {
  /// The names in the order in which they came.
  public private(set) var names: [String]
  private var known: Set<String>

  /// - Parameter names: what it has from the beginning, each once.
  public init(_ names: [String] = []) {
    self.names = names
    known = Set(names)
  }

  /// Adds a name that it does not have yet.
  public mutating func insert(_ name: String) {
    if known.insert(name).inserted { names.append(name) }
  }
}
