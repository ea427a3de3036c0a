import TextFormats

/// Who takes part.
public struct EngagementFigures: Sendable {
  /// How many people were active in a period.
  public struct Activity: Equatable, Sendable {
    public var period: String
    public var count: Int
    /// The people there were at its end, without the archived and deleted.
    public var people: Int

    var json: JSONValue {
      [
        "period": .string(period), "count": .integer(count), "share": .percentage(of: count, in: people),
      ]
    }
  }

  /// Somebody and how much they take part.
  public struct Person: Equatable, Sendable {
    public var id: String
    public var name: String
    /// The number of days in the range, in the organization's zone, on which they were active.
    public var score: Int
    /// When they last were, before the end of the range; nil for never.
    public var lastActiveAt: String?

    var json: JSONValue {
      [
        "id": .string(id), "name": .string(name), "score": .integer(score),
        "lastActiveAt": .optional(lastActiveAt),
      ]
    }
  }

  /// What people answered to a rule in the range.
  public struct RuleResponse: Equatable, Sendable {
    public var id: String
    public var name: String
    public var succeeded: Int
    public var failed: Int
    public var skipped: Int
    /// Recipients of its messages.
    public var sent: Int
    public var opened: Int
    public var clicked: Int

    var json: JSONValue {
      [
        "id": .string(id), "name": .string(name), "succeeded": .integer(succeeded),
        "failed": .integer(failed), "skipped": .integer(skipped), "sent": .integer(sent),
        "opened": .integer(opened), "clicked": .integer(clicked),
        "openRate": .percentage(of: opened, in: sent), "clickRate": .percentage(of: clicked, in: sent),
      ]
    }
  }

  /// How long somebody who was active has to be silent to be at risk, in days.
  public static let daysOfSilence = 90
  /// How many people are told of who are engaged most, and least.
  public static let maximumEngaged = 10
  /// How many people are told of who are at risk.
  public static let maximumAtRisk = 100

  public var range: AnalyticsRange
  public var activePeople: [Activity]
  /// The highest score first, of equals who was active last; without anybody whose score is 0.
  public var mostEngaged: [Person]
  /// The lowest score first, of equals who was silent longest.
  public var leastEngaged: [Person]
  /// How many were active once and have been silent for 90 days.
  public var atRiskCount: Int
  /// The first 100 of them, the longest silent last.
  public var atRisk: [Person]
  /// By their names.
  public var rules: [RuleResponse]

  /// The keys of `json`.
  public static let keys = ["range", "activePeople", "mostEngaged", "leastEngaged", "atRisk", "rules"]

  /// The figures as they are printed.
  public var json: JSONObject {
    JSONObject([
      ("range", .object(range.json)),
      ("activePeople", .array(activePeople.map(\.json))),
      ("mostEngaged", .array(mostEngaged.map(\.json))),
      ("leastEngaged", .array(leastEngaged.map(\.json))),
      ("atRisk", ["count": .integer(atRiskCount), "members": .array(atRisk.map(\.json))]),
      ("rules", .array(rules.map(\.json))),
    ])
  }
}
