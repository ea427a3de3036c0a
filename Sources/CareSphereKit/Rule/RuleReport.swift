import TextFormats

/// What a run of rules has done, or would do.
public struct RuleReport: Equatable, Sendable {
  /// What came of one occurrence for one person.
  public struct Effect: Equatable, Sendable {
    /// The rule's id.
    public var ruleID: String
    /// Nil for what a rule does once for the staff, and for what was missed for too long.
    public var memberID: String?
    /// Nil for what was missed for too long.
    public var occurrence: String?
    /// What the rule does, be it done, failed or skipped.
    public var action: ActionType
    /// What came of it this time; what failed may be tried again by later runs.
    public var status: RuleLogStatus

    /// The effect as it is printed.
    public var json: JSONValue {
      [
        "ruleId": .string(ruleID), "memberId": .optional(memberID), "occurrence": .optional(occurrence),
        "action": .string(action.rawValue), "status": .string(status.rawValue),
      ]
    }
  }

  /// How many effects are named: a run may have more than fit into memory, and the log has them all.
  static let namedEffects = 100_000

  /// Occurrences whose effect was had.
  public private(set) var succeeded = 0
  /// Attempts that failed.
  public private(set) var failed = 0
  /// Occurrences that were to have no effect.
  public private(set) var skipped = 0
  /// The first effects, whatever became of them.
  public private(set) var effects: [Effect] = []

  /// A run that has done nothing yet.
  public init() {}

  /// How many occurrences were looked at.
  public var evaluated: Int { succeeded + failed + skipped }
  /// For how many of them something was done, or tried.
  public var fired: Int { succeeded + failed }
  /// How many effects are not named.
  public var unnamed: Int { evaluated - effects.count }

  mutating func add(_ effect: Effect) {
    switch effect.status {
    case .success: succeeded += 1
    case .failure: failed += 1
    case .skipped: skipped += 1
    }
    if effects.count < Self.namedEffects { effects.append(effect) }
  }

  /// The report as it is printed.
  public var json: JSONObject {
    JSONObject([
      ("evaluated", .integer(evaluated)), ("fired", .integer(fired)), ("succeeded", .integer(succeeded)),
      ("failed", .integer(failed)), ("skipped", .integer(skipped)), ("effects", .array(effects.map(\.json))),
    ])
  }
}
