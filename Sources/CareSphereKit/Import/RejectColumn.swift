/// The columns that a file of rejected rows has besides those of its source, as its last two. Import passes
/// over them, so that the file can be mended and imported as it is.
public enum RejectColumn: String, CaseIterable, Sendable {
  /// Where the row began in its file.
  case line
  /// All that was wrong with it.
  case reason

  static let names = allCases.map(\.rawValue)
}
