/// How data is written to stdout.
public enum OutputFormat: String, CaseIterable, Sendable {
  /// Aligned columns for people.
  case table
  /// One document: the envelope.
  case json
  /// One bare record a line.
  case jsonl
  /// RFC 4180 with LF.
  case csv
  /// RFC 4180 with tabs; without header and with escapes where it is chosen by itself.
  case tsv
  /// One full id a line.
  case ids
  /// One number.
  case count
  /// vCards, for the commands that say so.
  case vcard
  /// A page, for the commands that say so.
  case html

  /// What every command offers.
  public static let common: [OutputFormat] = [.table, .json, .jsonl, .csv, .tsv, .ids, .count]

  /// Whether errors end in an envelope on stderr.
  public var wantsErrorEnvelope: Bool { self == .json || self == .jsonl }
}

extension Parser {
  /// The format in which a mistake in this command line is to be reported, however wrong the line may be.
  public func requestedFormat(_ words: [String]) -> OutputFormat? {
    requested("format", in: words).flatMap(OutputFormat.init(rawValue:))
  }
}
