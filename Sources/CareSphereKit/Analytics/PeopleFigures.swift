import TextFormats

/// Who the people are, and how their number changes.
public struct PeopleFigures: Sendable {
  /// How the number of people changed in a period.
  public struct Growth: Equatable, Sendable {
    public var period: String
    public var joined: Int
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
    public var cohort: String
    public var joined: Int
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

  public var range: AnalyticsRange
  public var growthTrend: [Growth]
  public var statusDistribution: Distribution
  public var ageGroups: Distribution
  public var genderDistribution: Distribution
  public var cityDistribution: Distribution
  public var membershipTypes: Distribution
  public var groups: Distribution
  public var tags: Distribution
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
