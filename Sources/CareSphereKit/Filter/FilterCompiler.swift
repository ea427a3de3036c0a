import TextFormats

/// What a group's name in a filter stands for.
public enum GroupReference: Equatable, Sendable {
  /// Static groups, by their ids: whoever is assigned to one of them is meant.
  case fixed(ids: [String])
  /// A dynamic group: its filter, and its name as it is stored.
  case dynamic(query: String, name: String)
}

/// Turns filters into conditions of SQL. No value becomes part of the SQL; every condition is 0 or 1 for
/// every member. Comparisons of ids, dates, ages and statuses can use an index.
public struct FilterCompiler {
  /// Finds the group of a name or other reference.
  public typealias GroupResolver = (String) throws -> GroupReference

  private let clock: Clock
  private let resolveGroup: GroupResolver

  /// - Parameters:
  ///   - clock: what relative times and ages count from, and the zone in which days begin.
  ///   - resolveGroup: finds groups; what it throws for an unknown one is told with its place.
  public init(clock: Clock, resolveGroup: @escaping GroupResolver) {
    self.clock = clock
    self.resolveGroup = resolveGroup
  }

  /// The condition for a filter, over `members AS m` on a connection that has ``FilterFunctions``.
  /// - Parameters:
  ///   - filter: what was read by ``Filter/init(parsing:)`` or put together.
  ///   - group: the dynamic group whose filter it is or becomes, so that it can't refer to itself.
  /// - Throws: `CareError(.validation)` for a group that does not exist, a time out of range, or a
  ///   filter that is too large with all its groups; `CareError(.conflict)` for groups that refer to
  ///   each other in a circle.
  public func compile(_ filter: Filter, ofGroup group: String? = nil) throws -> SQLFragment {
    var compilation = Compilation(clock: clock, resolveGroup: resolveGroup, inside: group)
    let condition = try compilation.condition(for: filter)
    return SQLFragment("(\(condition.sql))", condition.arguments)
  }
}

/// One run of the compiler: the groups it is inside of, and how much it has made so far.
private struct Compilation {
  /// Bounds within SQLite's own: trees 1,000 high, a parser's stack of 100 (of which the statement around
  /// the condition needs some), 32,766 parameters, 1,000,000 bytes of SQL. What groups refer to counts
  /// each time, so that few groups can't grow into millions of conditions.
  private static let maximumHeight = 900
  private static let maximumStack = 78
  private static let maximumConditions = 10_000
  private static let maximumArguments = 30_000
  private static let maximumGroupDepth = 32
  private static let maximumProblems = 20

  let clock: Clock
  let resolveGroup: FilterCompiler.GroupResolver
  private var conditions = 0
  private var arguments = 0
  /// The dynamic groups inside of which it is, the outermost first.
  private var path: [String]
  private var problems: [FilterProblem] = []

  init(clock: Clock, resolveGroup: @escaping FilterCompiler.GroupResolver, inside group: String?) {
    self.clock = clock
    self.resolveGroup = resolveGroup
    path = group.map { [$0] } ?? []
  }

  /// - Parameters:
  ///   - isNegated: whether the complement is meant.
  ///   - group: the dynamic group whose filter is put in the place of its name; nil for the filter that
  ///     was asked for.
  mutating func condition(
    for filter: Filter, isNegated: Bool = false, partOf group: String? = nil
  ) throws -> SQLCondition {
    let outer = problems
    problems = []
    let condition = try compile(filter.expression, isNegated: isNegated)
    guard problems.isEmpty else { throw FilterReport.error(problems, in: filter.source, ofGroup: group) }
    problems = outer
    guard condition.height <= Compilation.maximumHeight, condition.stack <= Compilation.maximumStack else {
      throw tooLarge("nested too deeply")
    }
    return condition
  }

  /// Negations go down to the single conditions (De Morgan), where they cost no nesting.
  private mutating func compile(_ expression: FilterExpression, isNegated: Bool) throws -> SQLCondition {
    switch expression {
    case .not(let part): return try compile(part, isNegated: !isNegated)
    case .condition(let condition): return try compile(condition, isNegated: isNegated)
    case .all, .any:
      let isAll = Compilation.isAll(expression, isNegated)
      var conditions: [SQLCondition] = []
      try collect(expression, isNegated: isNegated, isAll: isAll, into: &conditions)
      return isAll ? .all(conditions) : .any(conditions)
    }
  }

  /// Whether all parts must hold, once negations are inside.
  private static func isAll(_ expression: FilterExpression, _ isNegated: Bool) -> Bool {
    if case .all = expression { !isNegated } else { isNegated }
  }

  /// Compiles the parts; those that are joined in the same way are taken apart too.
  private mutating func collect(
    _ expression: FilterExpression, isNegated: Bool, isAll: Bool, into conditions: inout [SQLCondition]
  ) throws {
    switch expression {
    case .not(let part):
      try collect(part, isNegated: !isNegated, isAll: isAll, into: &conditions)
    case .all(let parts) where Compilation.isAll(expression, isNegated) == isAll,
      .any(let parts) where Compilation.isAll(expression, isNegated) == isAll:
      for part in parts { try collect(part, isNegated: isNegated, isAll: isAll, into: &conditions) }
    case .all, .any, .condition:
      conditions.append(try compile(expression, isNegated: isNegated))
    }
  }

  private mutating func compile(_ condition: FilterCondition, isNegated: Bool) throws -> SQLCondition {
    do {
      return try test(condition, isNegated: isNegated)
    } catch let problem as FilterProblem {
      if problems.count < Compilation.maximumProblems { problems.append(problem) }
      return .nobody
    }
  }

  private mutating func test(_ condition: FilterCondition, isNegated: Bool) throws -> SQLCondition {
    guard case .member(.groups) = condition.field else {
      let result = try FilterConditionSQL(clock: clock).compile(condition)
      return try counted(isNegated ? result.negated : result)
    }
    switch condition.test {
    case .isEmpty:
      return try counted(isNegated ? FilterConditionSQL.hasNoGroup.negated : FilterConditionSQL.hasNoGroup)
    case .compare(let comparison, let value):
      return try group(value, isNegated: isNegated != (comparison == .notEqual))
    case .oneOf(let values):
      let conditions = try values.map { try group($0, isNegated: isNegated) }
      return isNegated ? .all(conditions) : .any(conditions)
    }
  }

  private mutating func counted(_ condition: SQLCondition) throws -> SQLCondition {
    conditions += 1
    arguments += condition.arguments.count
    guard conditions <= Compilation.maximumConditions, arguments <= Compilation.maximumArguments else {
      throw tooLarge("too large")
    }
    return condition
  }

  private mutating func group(_ value: FilterValue, isNegated: Bool) throws -> SQLCondition {
    let reference: GroupReference
    do {
      reference = try resolveGroup(value.text)
    } catch let error as CareError where value.column != nil && error.code == .notFound {
      throw FilterProblem(column: value.column, reason: error.message, hint: error.hint)
    }
    switch reference {
    case .fixed(let ids):
      let isMember = FilterConditionSQL.isInGroup(ids)
      return try counted(isNegated ? isMember.negated : isMember)
    case .dynamic(let query, let name): return try dynamic(query, name, isNegated: isNegated)
    }
  }

  private mutating func dynamic(_ query: String, _ name: String, isNegated: Bool) throws -> SQLCondition {
    if let start = path.firstIndex(of: name) {
      let circle = (path[start...] + [name]).map { "“\(VisibleText.of($0))”" }
      throw CareError(
        .conflict, "the groups refer to each other in a circle: \(circle.joined(separator: " → "))",
        hint: "change the filter of one of them with: group update GROUP --where EXPR")
    }
    guard path.count < Compilation.maximumGroupDepth else { throw tooLarge("too deep in other groups") }
    path.append(name)
    defer { path.removeLast() }
    return try condition(
      for: Filter(parsing: query, ofGroup: name), isNegated: isNegated, partOf: name)
  }

  private func tooLarge(_ what: String) -> CareError {
    CareError(
      .validation, "the filter is \(what), with the filters of all groups that it names",
      hint: "assign people to a static group and name that")
  }
}

extension Filter {
  /// Reads the stored filter of a group; a mistake in it is told as the group's.
  fileprivate init(parsing query: String, ofGroup name: String) throws {
    do {
      try self.init(parsing: query)
    } catch var error as CareError {
      error.message = "in the filter of group “\(VisibleText.of(name))”: \(error.message)"
      throw error
    }
  }
}
