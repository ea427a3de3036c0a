import SQLiteStore
import TextFormats

/// Something that is to happen by itself, and what has come of it so far.
public struct Rule: Equatable, Sendable {
  /// A UUID of version 7.
  public var id: String
  /// What people have decided; the rest is what the program has noted.
  public var values: RuleValues
  /// The row of the last event that happened before the rule was made, enabled or given another trigger.
  public var sinceEvent: Int
  /// Up to when its dates, schedule or inactivity have been looked at.
  public var judgedUntil: Timestamp
  /// When it last acted or tried to, `YYYY-MM-DDTHH:MM:SSZ` of the real clock; nil before the first time.
  public var lastRunAt: String?
  /// Attempts: those that succeeded and those that failed, but not what was skipped.
  public var runCount: Int
  /// How many effects were had, one each for every person and occurrence.
  public var successCount: Int
  /// Attempts that failed; one effect may have failed several times, and succeeded in the end.
  public var failureCount: Int
  /// The id of the user who made it.
  public var createdBy: String?
  /// When it was made, `YYYY-MM-DDTHH:MM:SSZ`.
  public var createdAt: String
  /// When one of `values` last changed, `YYYY-MM-DDTHH:MM:SSZ`; acting is no change.
  public var updatedAt: String

  /// Unique among rules, whatever the letter case.
  public var name: String { values.name }

  /// The columns that `init(row:)` reads, for a SELECT over `automation_rules`.
  static let columns =
    "id, name, description, trigger_type, trigger_config, action_type, action_config, conditions, is_active, "
    + "since_event, judged_until, last_run_at, run_count, success_count, failure_count, created_by, created_at, "
    + "updated_at"

  /// Reads the current row of a SELECT of `columns`.
  /// - Throws: `CareError(.database)` for a rule that this program cannot have written.
  init(row: Statement) throws(CareError) {
    id = row.string(0)
    guard let trigger = TriggerType(rawValue: row.string(3)),
      let action = ActionType(rawValue: row.string(5)),
      let triggerConfig = Self.object(row.text(4)), let actionConfig = Self.object(row.text(6)),
      let judgedUntil = Timestamp(row.string(10))
    else { throw CareError(.database, "the rule \(row.string(0)) cannot be read: the file is damaged") }
    values = RuleValues(
      name: row.string(1), trigger: trigger, triggerConfig, action: action, actionConfig)
    values.description = row.text(2)
    values.conditions = Self.object(row.text(7))
    values.isActive = row.bool(8)
    sinceEvent = row.integer(9)
    self.judgedUntil = judgedUntil
    lastRunAt = row.text(11)
    runCount = row.integer(12)
    successCount = row.integer(13)
    failureCount = row.integer(14)
    createdBy = row.text(15)
    createdAt = row.string(16)
    updatedAt = row.string(17)
  }

  private static func object(_ text: String?) -> JSONObject? { text.flatMap { JSONObject(parsing: $0) } }

  /// The rule in the API design's names.
  public var json: JSONObject {
    JSONObject(
      [("id", .string(id))] + values.json.members.map { ($0.key, $0.value) } + [
        ("runCount", .integer(runCount)), ("successCount", .integer(successCount)),
        ("failureCount", .integer(failureCount)), ("lastRunAt", .optional(lastRunAt)),
        ("createdBy", .optional(createdBy)), ("createdAt", .string(createdAt)),
        ("updatedAt", .string(updatedAt)),
      ])
  }

  /// What it waits for.
  /// - Throws: `CareError(.validation)` where what is stored is wrong.
  public func trigger() throws -> RuleTrigger {
    var config = RuleConfig(values.triggerConfig, path: RuleInput.Field.triggerConfig.rawValue)
    let trigger = TriggerReader.read(values.triggerType, &config)
    guard let trigger, config.problems.isEmpty else { throw broken(config.problems) }
    return trigger
  }

  /// What it does.
  /// - Throws: `CareError(.validation)` where what is stored is wrong.
  public func action() throws -> RuleAction {
    var config = RuleConfig(values.actionConfig, path: RuleInput.Field.actionConfig.rawValue)
    let action = ActionReader.read(values.actionType, &config)
    guard let action, config.problems.isEmpty else { throw broken(config.problems) }
    return action
  }

  /// For whom it acts; nil is everybody.
  /// - Throws: `CareError(.validation)` where what is stored is wrong.
  public func filter() throws -> Filter? { try values.filter() }

  private func broken(_ problems: [CareError.FieldProblem]) -> CareError {
    CareError(.validation, "the rule “\(name)” is wrong", details: .fields(problems))
  }
}

/// What of a rule people decide on.
public struct RuleValues: Equatable, Sendable {
  /// 1 to 255 characters; unique among rules, whatever the letter case.
  public var name: String
  /// For those who look after the rules; nobody is sent it. Nil where there is none.
  public var description: String?
  /// Says which settings `triggerConfig` may have.
  public var triggerType: TriggerType
  /// The settings of the trigger that were given; groups and messages by their ids.
  public var triggerConfig: JSONObject
  /// Says which settings `actionConfig` may have.
  public var actionType: ActionType
  /// The settings of the action that were given; templates, groups and users by their ids.
  public var actionConfig: JSONObject
  /// For whom it acts: `{"where":EXPR}`, or fields and the values they must have; nil is everybody.
  public var conditions: JSONObject?
  /// Whether `rule run` lets it act; `rule execute` does so either way.
  public var isActive = true

  /// The key of `conditions` under which a filter expression stands.
  static let whereKey = "where"

  /// - Parameters:
  ///   - triggerConfig: the settings of the trigger; those that are left out are as the contract says.
  ///   - actionConfig: the settings of the action.
  public init(
    name: String, trigger: TriggerType, _ triggerConfig: JSONObject = JSONObject(), action: ActionType,
    _ actionConfig: JSONObject = JSONObject()
  ) {
    self.name = name
    triggerType = trigger
    self.triggerConfig = triggerConfig
    actionType = action
    self.actionConfig = actionConfig
  }

  /// The name as it is compared.
  var nameKey: String { CaseFolding.fold(name) }

  /// For whom it acts; nil is everybody.
  /// - Throws: `CareError(.validation)` with the place of every mistake.
  public func filter() throws -> Filter? { try conditions.flatMap(Self.filter) }

  /// Reads conditions; nil is everybody.
  static func filter(_ conditions: JSONObject) throws -> Filter? {
    if conditions.isEmpty { return nil }
    if case .string(let text)? = conditions[whereKey], conditions.keys.count == 1 {
      return try Filter(parsing: text)
    }
    return Filter(try FilterExpression(conditions: conditions))
  }

  /// The values in the API design's names.
  public var json: JSONObject {
    JSONObject([
      ("name", .string(name)), ("description", .optional(description)),
      ("triggerType", .string(triggerType.rawValue)), ("triggerConfig", .object(triggerConfig)),
      ("actionType", .string(actionType.rawValue)), ("actionConfig", .object(actionConfig)),
      ("conditions", conditions.map(JSONValue.object) ?? .null), ("isActive", .bool(isActive)),
    ])
  }
}
