import CareSphereKit
import CommandLineKit

/// The flags of every verb of `analytics`: which time, divided how, and of whom.
enum AnalyticsFlags {
  static let specs: [OptionSpec] =
    TimeRange.specs(byDefault: "; by default the last twelve months") + [
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
    let times = try TimeRange(parsed, now: clock.effective, zone: clock.zone)
    let unit = parsed.value("period").flatMap(AnalyticsRange.Unit.init(rawValue:)) ?? .month
    let range = try AnalyticsRange(since: times.since, until: times.until, unit: unit, clock: clock)
    var filter = MemberFilter()
    filter.groups = parsed.values("group")
    filter.expression = try parsed.value("where").map(Filter.init(parsing:))
    let people = filter.isEmpty ? nil : try filter.fragment(try context.filterCompiler())
    return AnalyticsScope(range: range, people: people, clock: clock)
  }
}
