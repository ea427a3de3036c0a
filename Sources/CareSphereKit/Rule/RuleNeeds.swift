import SQLiteStore
import TextFormats

/// Something that rules can need, so that it does not go without a word.
public enum RuleNeed: Sendable {
  case template(Template)
  case group(Group)
  case user(User)
  case message(Message)

  fileprivate var name: String {
    switch self {
    case .template(let template): "the template “\(template.name)”"
    case .group(let group): "the group “\(group.name)”"
    case .user(let user): "the user \(user.email)"
    case .message(let message): "the message “\(message.title)”"
    }
  }
}

/// What rules cannot do without. Call it within `Database.write`.
public struct RuleNeeds {
  private let database: Database
  private let store: RuleStore

  /// - Parameters:
  ///   - ids: gives the ids of new rows.
  ///   - provenance: who makes the changes; its time becomes theirs.
  public init(_ database: Database, ids: UUIDv7Generator, provenance: Provenance) {
    self.database = database
    store = RuleStore(database, ids: ids, provenance: provenance)
  }

  /// Makes sure that something can be deleted: that no rule needs it.
  /// - Parameter force: whether rules that need it are disabled instead.
  /// - Returns: the rules that were disabled
  /// - Throws: `CareError(.conflict)` that names the rules.
  @discardableResult
  public func release(_ need: RuleNeed, force: Bool) throws -> [Rule] {
    let rules = try RuleFinder(database).all().filter { try needs($0, need) }
    guard force || rules.isEmpty else {
      let names = rules.map { "“\($0.name)”" }
      throw CareError(
        .conflict,
        "\(need.name) is needed by the rule\(names.count == 1 ? "" : "s") \(RuleConfig.list(names))",
        hint: "change or delete the rules first, or add --force, which disables them",
        details: .fields(rules.map { .init($0.id, $0.name) }))
    }
    return try rules.filter(\.values.isActive).map { try store.setActive(false, $0) }
  }

  /// Runs a change and refuses it where conditions of a rule, sound before, name a group that is then no longer
  /// called so.
  /// - Parameter compiler: compiles the conditions.
  /// - Throws: what `change` throws; `CareError(.conflict)` naming the rules.
  public func keepingSound<T>(_ compiler: FilterCompiler, _ change: () throws -> T) throws -> T {
    let rules = try RuleFinder(database).all()
    let sound = rules.filter { Self.isSound($0, compiler) }
    let result = try change()
    let broken = sound.filter { !Self.isSound($0, compiler) }
    guard broken.isEmpty else {
      let names = broken.map { "“\($0.name)”" }
      throw CareError(
        .conflict,
        "the conditions of the rule\(names.count == 1 ? "" : "s") \(RuleConfig.list(names)) need the group as it is",
        hint: "change them first, with: caresphere rule update RULE --where EXPR",
        details: .fields(broken.map { .init($0.id, $0.name) }))
    }
    return result
  }

  private static func isSound(_ rule: Rule, _ compiler: FilterCompiler) -> Bool {
    guard let filter = try? rule.filter() else { return true }
    return (try? compiler.compile(filter)) != nil
  }

  private func needs(_ rule: Rule, _ need: RuleNeed) throws -> Bool {
    // A rule that cannot be read needs nothing any more.
    let action = try? rule.action()
    switch need {
    case .user(let user):
      if case .notifyUser(user.id, _)? = action { return true }
      return false
    case .message(let message): return rule.values.triggerConfig["message"] == .string(message.id)
    case .group(let group):
      let isNamed = [rule.values.triggerConfig, rule.values.actionConfig].contains {
        $0["group"] == .string(group.id)
      }
      return try isNamed || conditions(of: rule, name: group)
    case .template(let template):
      if case .sendMessage(let message)? = action, message.text == .template(template.id) { return true }
      return try action.map { try partials(of: $0).contains(template.values.nameKey) } ?? false
    }
  }

  /// Whether the conditions of a rule name a group.
  private func conditions(of rule: Rule, name group: Group) throws -> Bool {
    guard let filter = try? rule.filter() else { return false }
    let finder = GroupFinder(database)
    return filter.expression.groupReferences.contains { (try? finder.resolve($0))?.id == group.id }
  }

  /// The partials, by folded name, that the texts of an action include.
  private func partials(of action: RuleAction) throws -> Set<String> {
    let finder = TemplateFinder(database)
    let review = try TemplateReview(try action.texts(finder), names: TemplateNames(), finder: finder)
    return Set(review.uses.filter { $0.kind == .partial }.map { CaseFolding.fold($0.name) })
  }
}

extension RuleAction {
  /// The texts that are Mustache, under the names of their settings.
  func texts(_ finder: TemplateFinder) throws -> [TemplateText] {
    switch self {
    case .sendMessage(let message):
      switch message.text {
      case .template(let id): return try finder.find(id: id)?.values.texts ?? []
      case .own(let subject, let content):
        return (subject.map { [TemplateText(field: "subject", text: $0)] } ?? [])
          + [TemplateText(field: "content", text: content)]
      }
    case .addNote(let note, _), .notifyUser(_, let note): return [TemplateText(field: "note", text: note)]
    case .updateMember(let update):
      return update.assignments.compactMap { assignment in
        guard case .string(let text) = assignment.value else { return nil }
        return TemplateText(field: "set.\(assignment.field)", text: text)
      }
    case .addTag, .removeTag, .addToGroup, .removeFromGroup: return []
    }
  }
}

extension FilterExpression {
  /// What it calls groups.
  fileprivate var groupReferences: [String] {
    switch self {
    case .all(let parts), .any(let parts): return parts.flatMap(\.groupReferences)
    case .not(let part): return part.groupReferences
    case .condition(let condition):
      guard condition.field == .member(.groups) else { return [] }
      switch condition.test {
      case .compare(_, let value): return [value.text]
      case .oneOf(let values): return values.map(\.text)
      case .isEmpty: return []
      }
    }
  }
}
