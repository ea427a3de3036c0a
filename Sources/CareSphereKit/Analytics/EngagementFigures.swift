import TextFormats

/// Who takes part.
public struct EngagementFigures: Sendable {
  /// How many people were active in a period.
  public struct Activity: Equatable, Sendable {
    /// As `AnalyticsRange.Period.name` has it.
    public var period: String
    /// Who opened, clicked or had an activity that was not our sending, each once; the archived included.
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
    /// The member's; archived people and those added after the range are not told of.
    public var id: String
    /// First and last name, or what there is of them.
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
    /// The rule's; every rule is told of, what has done nothing and what is disabled included.
    public var id: String
    /// As the rule is called now.
    public var name: String
    /// Entries of its log: effects that it had.
    public var succeeded: Int
    /// Entries of its log: each attempt that failed, so that an effect tried three times counts three times.
    public var failed: Int
    /// Entries of its log: effects that were not to be, as where the conditions did not hold.
    public var skipped: Int
    /// Recipients of its messages.
    public var sent: Int
    /// Those of the `sent` who opened it, each once for each message; a click is an opening, too.
    public var opened: Int
    /// Those of the `sent` who followed a link, each once for each message.
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

  /// Scores, active people and rules are of it; the last activity and who is at risk are as of its end.
  public var range: AnalyticsRange
  /// One for each period, in their order.
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
