/// Messages of which recipients are held, as they are told of.
enum HeldMessages {
  /// - Parameter titles: of all of them.
  static func inWords(_ titles: [String]) -> String {
    titles.count > 5 ? "\(titles.count) messages" : titles.map { "“\($0)”" }.joined(separator: ", ")
  }
}
