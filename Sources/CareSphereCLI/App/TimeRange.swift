import CareSphereKit
import CommandLineKit

/// `--since TIME` and `--until TIME`: from which on, and before which, something has to have happened.
struct TimeRange {
  /// The first moment; nil where none was given.
  let since: Timestamp?
  /// The moment after the last; nil where none was given.
  let until: Timestamp?

  /// The flags.
  /// - Parameter start: what is said of the first one's absence, for the help: `; by default the last twelve months`.
  static func specs(byDefault start: String = "") -> [OptionSpec] {
    [
      OptionSpec("since", "TIME", "Not before this time" + start),
      OptionSpec("until", "TIME", "Before this time; a bare date includes its day"),
    ]
  }

  /// What was typed.
  /// - Parameters:
  ///   - now: what relative times count from.
  ///   - zone: whose days bare dates are.
  /// - Throws: `CareError(.validation)` for what is no time
  init(_ parsed: ParsedArguments, now: Timestamp, zone: Zone) throws {
    since = try Self.time("since", parsed) { try $0.timestamp(now: now, zone: zone) }
    until = try Self.time("until", parsed) { try $0.until(now: now, zone: zone) }
  }

  private static func time(
    _ flag: String, _ parsed: ParsedArguments, _ moment: (TimeExpression) throws -> Timestamp
  ) throws -> Timestamp? {
    guard let text = parsed.value(flag) else { return nil }
    do {
      return try moment(TimeExpression(text))
    } catch var error as CareError {
      error.details = .fields([.init(flag, error.message)])
      error.message = "--\(flag) has to be a time"
      throw error
    }
  }
}
