import SQLiteStore
import TextFormats

/// Looks through a rule before it is stored: settings, what they refer to, texts and conditions.
public struct RuleReview {
  private let database: Database
  private let compiler: FilterCompiler
  private let clock: Clock

  /// - Parameter compiler: compiles the conditions.
  public init(_ database: Database, compiler: FilterCompiler, clock: Clock) {
    self.database = database
    self.compiler = compiler
    self.clock = clock
  }

  /// What a review finds.
  struct Result {
    /// Settings as they are to be stored: with ids in the place of references.
    var triggerConfig = JSONObject()
    var actionConfig = JSONObject()
    var problems: [CareError.FieldProblem] = []
    /// The place of a mistake in the conditions.
    var excerpt: [String] = []
  }

  /// Checks all of a rule but its name.
  /// - Parameters:
  ///   - trigger: nil where it is not known which one is meant.
  ///   - action: nil where it is not known which one is meant.
  /// - Throws: `DatabaseError`
  func check(
    trigger: (type: TriggerType, config: JSONObject)?, action: (type: ActionType, config: JSONObject)?,
    conditions: JSONObject?
  ) throws -> Result {
    var result = Result()
    if let trigger {
      let config = try check(trigger.type, trigger.config)
      result.triggerConfig = config.object
      result.problems += config.problems
    }
    if let action {
      let config = try check(action.type, action.config)
      result.actionConfig = config.object
      result.problems += config.problems
    }
    if let conditions { try check(conditions, &result) }
    return result
  }

  private func check(_ type: TriggerType, _ object: JSONObject) throws -> RuleConfig {
    var config = RuleConfig(object, path: RuleInput.Field.triggerConfig.rawValue)
    if let group = try resolvedGroup(&config), group.isDynamic {
      config.fail("group", "is “\(group.name)”, whose filter says who is in it: nobody joins or leaves it")
    }
    try resolve("message", in: &config) { try MessageFinder(database).resolve($0).id }
    _ = TriggerReader.read(type, &config)
    return config
  }

  private func check(_ type: ActionType, _ object: JSONObject) throws -> RuleConfig {
    var config = RuleConfig(object, path: RuleInput.Field.actionConfig.rawValue)
    if let group = try resolvedGroup(&config), group.isDynamic {
      config.fail(
        "group", "is “\(group.name)”, whose filter says who is in it: nobody is put in or taken out")
    }
    try resolve("user", in: &config) { try UserStore(database, now: clock.now).resolve($0).id }
    try resolve("templateId", in: &config) { try TemplateFinder(database).resolve($0).id }
    if let action = ActionReader.read(type, &config) { try look(at: action, &config) }
    return config
  }

  // MARK: References

  /// Puts an id in the place of a reference; one that means nothing is told of.
  private func resolve(_ key: String, in config: inout RuleConfig, _ find: (String) throws -> String) throws {
    guard case .string(let reference)? = config.object[key], !MemberValues.isBlank(reference) else { return }
    do {
      config.set(key, .string(try find(reference)))
    } catch let error as CareError {
      var reason = error.message + (error.hint.map { "; \($0)" } ?? "")
      if case .fields(let candidates) = error.details {
        reason += ": " + candidates.map { "\($0.reason) (\($0.field))" }.joined(separator: ", ")
      }
      config.fail(key, reason)
    }
  }

  private func resolvedGroup(_ config: inout RuleConfig) throws -> Group? {
    var group: Group?
    try resolve("group", in: &config) {
      let found = try GroupFinder(database).resolve($0)
      group = found
      return found.id
    }
    return group
  }

  // MARK: Texts

  private func look(at action: RuleAction, _ config: inout RuleConfig) throws {
    let finder = TemplateFinder(database)
    if case .sendMessage(let message) = action, case .template(let id) = message.text {
      // Where there is none it has been told of.
      if let template = try finder.find(id: id) { try look(at: template, as: message, &config) }
      return
    }
    for text in try action.texts(finder) {
      let review = try TemplateReview([text], names: TemplateNames(), finder: finder)
      for problem in review.problems {
        config.fail(text.field, Self.place(problem, unless: text.field) + problem.message)
      }
    }
  }

  private func look(at template: Template, as message: RuleMessage, _ config: inout RuleConfig) throws {
    let key = "templateId"
    let values = template.values
    let type = message.type(from: template)
    if !values.type.fits(type) {
      config.fail(
        key,
        "is “\(template.name)”, of the type \(values.type.rawValue), which cannot be sent as \(type.rawValue)"
      )
    }
    if !values.isActive { config.fail(key, "is “\(template.name)”, which is inactive") }
    let known = TemplateNames()
    let missing = values.variables.filter { known.below($0) == nil }
    if !missing.isEmpty {
      config.fail(
        key, "is “\(template.name)”, which needs values that a rule cannot give: \(RuleConfig.list(missing))")
    }
    let review = try TemplateReview(
      values.texts, template: template.name, names: TemplateNames(declared: values.variables),
      finder: TemplateFinder(database))
    for problem in review.problems {
      config.fail(key, "is “\(template.name)”: \(Self.place(problem, unless: nil))\(problem.message)")
    }
  }

  /// Where in a text a problem is.
  /// - Parameter field: what need not be said.
  private static func place(_ problem: CareError.LineProblem, unless field: String?) -> String {
    let text = problem.field == field ? "" : problem.field.map { "\($0), " } ?? ""
    return "\(text)line \(problem.line)\(problem.column.map { ", column \($0)" } ?? ""): "
  }

  // MARK: Conditions

  private func check(_ conditions: JSONObject, _ result: inout Result) throws {
    let field = RuleInput.Field.conditions.rawValue
    do {
      guard let filter = try RuleValues.filter(conditions) else { return }
      _ = try compiler.compile(filter)
    } catch let error as CareError {
      result.excerpt = error.excerpt
      guard case .fields(let problems) = error.details, !problems.isEmpty else {
        result.problems.append(.init(field, error.message + (error.hint.map { "; \($0)" } ?? "")))
        return
      }
      // Places in an expression are told of as they are; fields of a map have a path.
      let isMap = conditions[RuleValues.whereKey] == nil
      result.problems += problems.map { problem in
        isMap
          ? .init("\(field).\(problem.field)", problem.reason)
          : .init(field, "\(problem.field): \(problem.reason)")
      }
    }
  }
}
