import TextFormats

/// The whole at a glance.
public struct DashboardFigures: Sendable {
  /// A figure that is a number, by its name.
  public enum Figure: String, CaseIterable, Sendable {
    case totalMembers, activeMembers, newMembersThisMonth, messagesSentThisMonth, averageOpenRate,
      averageClickRate, automationRulesActive

    /// Whether it is in percent, and not a count.
    public var isRate: Bool { self == .averageOpenRate || self == .averageClickRate }

    /// A number of this figure.
    func json(_ number: Double?) -> JSONValue {
      guard let number else { return .null }
      return isRate ? .number("\(number)") : .integer(Int(exactly: number.rounded()) ?? 0)
    }
  }

  /// A figure now and as it was a month ago.
  public struct Trend: Equatable, Sendable {
    /// In which direction a figure went.
    public enum Direction: String, Sendable {
      case increase, decrease, none
    }

    /// Which figure: `totalMembers`.
    public var name: String
    /// nil where there is none, such as a rate of nothing.
    public var value: Double?
    /// The same a calendar month earlier; nil where there was none.
    public var previous: Double?

    /// In percent of what it was, to one decimal; nil where it was nothing or there is none.
    public var change: Double? {
      guard let value, let previous, previous != 0 else { return nil }
      // Nothing is added so that there is no -0.0.
      return ((value - previous) / previous * 1000).rounded() / 10 + 0
    }

    /// In which direction it went; `none` where either is missing.
    public var direction: Direction {
      guard let value, let previous, value != previous else { return .none }
      return value > previous ? .increase : .decrease
    }

    var json: JSONValue {
      let figure = Figure(rawValue: name)
      return [
        "value": figure?.json(value) ?? .null, "previous": figure?.json(previous) ?? .null,
        "change": change.map { .number("\($0)") } ?? .null, "changeType": .string(direction.rawValue),
      ]
    }
  }

  /// An activity and whose it is.
  public struct RecentActivity: Sendable {
    /// Of any type, what was sent to the member included.
    public var activity: Activity
    /// First and last name, or what there is of them.
    public var memberName: String

    var json: JSONValue {
      var json = activity.json
      json["memberName"] = .string(memberName)
      return .object(json)
    }
  }

  /// The rates are of it; members and rules are counted as of its end.
  public var range: AnalyticsRange
  /// Everybody on record at the end of the range, whatever their status, though deleted since.
  public var totalMembers: Int
  /// Those of them whose status was `active` then.
  public var activeMembers: Int
  /// Who joined in the clock's month up to its today: by join date, else by when the record was made.
  public var newMembersThisMonth: Int
  /// Messages, not recipients, whose sending began in that month; without those that failed.
  public var messagesSentThisMonth: Int
  /// In percent; nil where nothing was sent.
  public var averageOpenRate: Double?
  /// In percent of those sent to, each recipient once; nil where nothing was sent.
  public var averageClickRate: Double?
  /// Rules that are enabled now and were made before the end of the range.
  public var automationRulesActive: Int
  /// The newest first.
  public var recentActivities: [RecentActivity]
  /// One for each figure above that is a number, in that order.
  public var trends: [Trend]

  /// The keys of `json`.
  public static let keys = ["range"] + Figure.allCases.map(\.rawValue) + ["recentActivities", "trends"]

  /// The figures in the API design's names.
  public var json: JSONObject {
    JSONObject(
      [("range", .object(range.json))]
        + trends.map { trend in
          (trend.name, Figure(rawValue: trend.name)?.json(trend.value) ?? .null)
        } + [
          ("recentActivities", .array(recentActivities.map(\.json))),
          ("trends", .object(JSONObject(trends.map { ($0.name, $0.json) }))),
        ])
  }
}
