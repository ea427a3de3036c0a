/// The command line is wrong: what a person is told, and which command's usage to show with it.
public struct UsageError: Error, Equatable, Sendable {
  /// One sentence without a full stop, as typed text stands in it: make it visible before printing.
  public var message: String
  /// What to do next.
  public var hint: String?
  /// The words of the command as far as they were understood: `["member", "import"]`.
  public var path: [String]

  /// - Parameters:
  ///   - message: one sentence without a full stop.
  ///   - hint: what to do next.
  ///   - path: the words of the command whose usage explains the mistake.
  public init(_ message: String, hint: String? = nil, path: [String] = []) {
    self.message = message
    self.hint = hint
    self.path = path
  }

  /// `text` in quotation marks, cut where somebody pasted a novel.
  static func quote(_ text: some StringProtocol) -> String {
    let head = text.unicodeScalars.prefix(81)
    guard head.count > 80 else { return "\"\(text)\"" }
    return "\"\(String(String.UnicodeScalarView(head.dropLast())))...\""
  }
}
