import TextFormats

/// Who the people are, and how their number changes.
public struct PeopleFigures: Sendable {
  /// How the number of people changed in a period.
  public struct Growth: Equatable, Sendable {
    /// As `AnalyticsRange.Period.name` has it.
    public var period: String
    /// By join date, else by the day the record was made; whoever has left since included.
    public var joined: Int
    /// Who was archived in it and still is, or was deleted in it; nobody leaves before they have joined.
    public var left: Int
    /// At the end of the period.
    public var total: Int

    var json: JSONValue {
      [
        "period": .string(period), "joined": .integer(joined), "left": .integer(left),
        "net": .integer(joined - left), "total": .integer(total),
      ]
    }
  }

  /// How many of those who joined in a period are active.
  public struct Cohort: Equatable, Sendable {
    /// The period in which they joined, as `AnalyticsRange.Period.name` has it.
    public var cohort: String
    /// As `Growth.joined`.
    public var joined: Int
    /// Those of them whose status is `active` now, whenever the range ends.
    public var stillActive: Int

    var json: JSONValue {
      [
        "cohort": .string(cohort), "joined": .integer(joined), "stillActive": .integer(stillActive),
        "rate": .percentage(of: stillActive, in: joined),
      ]
    }
  }

  /// How many there are of each kind, in the order to show them.
  public typealias Distribution = [(label: String, count: Int)]

  /// What growth and retention are of; distributions are of everybody on record now, the archived included.
  public var range: AnalyticsRange
  /// One for each period, in their order.
  public var growthTrend: [Growth]
  /// Each status, in the order of `MemberStatus.allCases`, zeros included.
  public var statusDistribution: Distribution
  /// From the youngest to the oldest, zeros included, then `unknown`; ages are those of the clock's today.
  public var ageGroups: Distribution
  /// Each gender, in the order of `Gender.allCases`, zeros included, then `unknown`.
  public var genderDistribution: Distribution
  /// The 20 largest, whatever their letter case, then `other` and `unknown` where there are any.
  public var cityDistribution: Distribution
  /// The most frequent first, as they are spelled; then `unknown` where there are any.
  public var membershipTypes: Distribution
  /// Every group, dynamic ones included, the largest first; zeros included; people count in each of theirs.
  public var groups: Distribution
  /// The most frequent first, as they are spelled; people count for each tag they have.
  public var tags: Distribution
  /// One for each period, in their order.
  public var retention: [Cohort]

  /// The keys of `json`.
  public static let keys = [
    "range", "growthTrend", "statusDistribution", "demographicBreakdown", "membershipTypes", "groups", "tags",
    "retention",
  ]

  /// The figures in the API design's names.
  public var json: JSONObject {
    func object(_ distribution: Distribution) -> JSONValue {
      .object(JSONObject(distinct: distribution.map { ($0.label, .integer($0.count)) }))
    }
    return JSONObject([
      ("range", .object(range.json)), ("growthTrend", .array(growthTrend.map(\.json))),
      ("statusDistribution", object(statusDistribution)),
      (
        "demographicBreakdown",
        [
          "ageGroups": object(ageGroups), "genderDistribution": object(genderDistribution),
          "cityDistribution": object(cityDistribution),
        ]
      ),
      ("membershipTypes", object(membershipTypes)), ("groups", object(groups)), ("tags", object(tags)),
      ("retention", .array(retention.map(\.json))),
    ])
  }
}
