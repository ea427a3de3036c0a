import CareSphereKit
import CommandLineKit

/// The flags of every verb of `analytics`: which time, divided how, and of whom.
enum AnalyticsFlags {
  static let specs: [OptionSpec] = [
    OptionSpec("since", "TIME", "Not before this time; by default the last twelve months"),
    OptionSpec("until", "TIME", "Before this time; a bare date includes its day"),
    OptionSpec(
      "period", "PERIOD", "What the time is divided into; months by default",
      value: .choice(AnalyticsRange.Unit.allCases.map(\.rawValue))),
    OptionSpec(
      "group", "GROUP", "Only people in this group; several mean in each of them", value: .name("group"),
      repeats: true),
    OptionSpec(
      "where", "EXPR", "Only people for whom this filter expression holds, see caresphere-filter(7)"),
  ]

  /// What was typed of them.
  /// - Throws: `CareError`: `.validation` for a time, a range or an expression that is none, `.notFound` for a group
  static func scope(_ context: Context) throws -> AnalyticsScope {
    let clock = try context.clock()
    let parsed = context.parsed
    let since = try time("since", parsed) { try $0.timestamp(now: clock.effective, zone: clock.zone) }
    let until = try time("until", parsed) { try $0.until(now: clock.effective, zone: clock.zone) }
    let unit = parsed.value("period").flatMap(AnalyticsRange.Unit.init(rawValue:)) ?? .month
    let range = try AnalyticsRange(since: since, until: until, unit: unit, clock: clock)
    var filter = MemberFilter()
    filter.groups = parsed.values("group")
    filter.expression = try parsed.value("where").map(Filter.init(parsing:))
    let people = filter.isEmpty ? nil : try filter.fragment(try context.filterCompiler())
    return AnalyticsScope(range: range, people: people, clock: clock)
  }

  /// The time that a flag names; nil where it was not given.
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
