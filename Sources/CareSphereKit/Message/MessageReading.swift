import SQLiteStore
import TextFormats

/// One turn of input into values: collects every problem, and looks up what is named.
struct MessageReading {
  private var values: MessageValues
  private let database: Database
  private let clock: Clock
  private let checks: MemberValues
  private var status: MessageStatus?
  private var template: Template?
  private var problems: [CareError.FieldProblem] = []

  init(_ values: MessageValues, database: Database, clock: Clock) {
    self.values = values
    self.database = database
    self.clock = clock
    checks = MemberValues(clock: clock)
  }

  /// - Parameter status: what the message was before.
  mutating func read(
    _ input: MessageInput, status before: MessageStatus
  ) throws -> (values: MessageValues, status: MessageStatus) {
    problems = input.problems
    try copyTemplate(input)
    for field in MessageInput.Field.allCases {
      guard let raw = input.given[field] else { continue }
      do throws(ValueProblem) {
        try set(field, raw)
      } catch {
        problems.append(.init(field.rawValue, error.reason))
      }
    }
    checkType(input)
    checkWhole()
    let status = settledStatus(input, before)
    try checkExpression()
    try throwProblems()
    try resolveAudience(input)
    return (values, status)
  }

  private func throwProblems() throws(CareError) {
    if !problems.isEmpty { throw .wrongValues(problems) }
  }

  // MARK: The template

  /// Takes over the texts of a template that is named, before what is given besides overrides them.
  private mutating func copyTemplate(_ input: MessageInput) throws {
    guard let raw = input.given[.templateId] else { return }
    guard case .string(let reference) = raw, !reference.isEmpty else {
      if raw != .null, raw != "" { problems.append(.init("templateId", "has to be a text")) }
      values.templateID = nil
      values.variables = []
      return
    }
    let template = try TemplateFinder(database).resolve(reference)
    guard template.values.isActive else {
      throw CareError(
        .conflict, "the template “\(template.name)” is not active",
        hint: "let it be used again with: caresphere template update TEMPLATE --active")
    }
    self.template = template
    values.templateID = template.id
    values.subject = template.values.subject
    values.content = template.values.content
    values.bodyFormat = template.values.bodyFormat
    values.variables = template.values.variables
    values.type = template.values.type.messageType
  }

  /// An in-app message can be made from what is written for a phone; otherwise the types are the same.
  private mutating func checkType(_ input: MessageInput) {
    guard input.given[.messageType] != nil else { return }
    let known = template ?? values.templateID.flatMap { try? TemplateFinder(database).find(id: $0) }
    guard let type = known?.values.type, !type.fits(values.type) else { return }
    problems.append(
      .init("messageType", "is \(values.type.rawValue), but the template is for \(type.rawValue)"))
  }

  // MARK: Single values

  private mutating func set(_ field: MessageInput.Field, _ raw: JSONValue) throws(ValueProblem) {
    switch field {
    case .title: values.title = try checks.line(FieldChecks.text(raw), limit: 255) ?? ""
    case .messageType: values.type = try FieldChecks.choice(raw) ?? .email
    case .subject: values.subject = try FieldChecks.subject(raw)
    case .content: values.content = try FieldChecks.content(raw)
    case .bodyFormat: values.bodyFormat = try FieldChecks.choice(raw) ?? .text
    case .status: status = try Self.status(raw)
    case .scheduledFor: values.scheduledFor = try time(raw)
    case .expiresAt: values.expiresAt = try time(raw)
    case .perMember: values.perMember = try FieldChecks.bool(raw)
    case .recipientGroupIds: values.audience.groups = try FieldChecks.texts(raw, "groups")
    case .recipientMemberIds: values.audience.members = try FieldChecks.texts(raw, "members")
    case .recipientWhere: values.audience.expression = try checks.line(FieldChecks.text(raw))
    case .recipientAll: values.audience.isEverybody = try FieldChecks.bool(raw)
    case .templateId: break
    case .settings: values.settings = try Self.settings(raw)
    }
  }

  private static func status(_ raw: JSONValue) throws(ValueProblem) -> MessageStatus? {
    guard let status: MessageStatus = try FieldChecks.choice(raw) else { return nil }
    guard status.isEditable else {
      throw ValueProblem("can be draft or scheduled; sending is done by: caresphere message send")
    }
    return status
  }

  private func time(_ raw: JSONValue) throws(ValueProblem) -> String? {
    guard let text = try checks.line(FieldChecks.text(raw)) else { return nil }
    guard let expression = TimeExpression.read(text) else {
      throw ValueProblem("\(checks.quoted(text)) is not a time: write it as \(TimeExpression.forms)")
    }
    guard let moment = try? expression.timestamp(now: clock.now, zone: clock.zone) else {
      throw ValueProblem("\(checks.quoted(text)) is outside the years 0001 to 9999")
    }
    return moment.description
  }

  private static func settings(_ raw: JSONValue) throws(ValueProblem) -> JSONObject {
    if raw == .null { return JSONObject() }
    guard case .object(let object) = raw else {
      throw ValueProblem("has to be an object of names and what they stand for")
    }
    return object
  }

  // MARK: What has to fit together

  private mutating func require(_ field: MessageInput.Field, _ isFine: Bool, _ reason: String) {
    if !isFine, !problems.contains(where: { $0.field == field.rawValue }) {
      problems.append(.init(field.rawValue, reason))
    }
  }

  private mutating func checkWhole() {
    require(.title, !values.title.isEmpty, "is empty: a message needs a title")
    require(.content, !values.content.isEmpty, "is empty: a message needs a content, its own or a template's")
    require(
      .bodyFormat, values.bodyFormat == .text || values.type == .email,
      "is \(values.bodyFormat.rawValue), but only e-mail has it; \(values.type.rawValue) is text")
  }

  /// A time makes it scheduled, unless it is said to be a draft; times that have passed would never come.
  private mutating func settledStatus(_ input: MessageInput, _ before: MessageStatus) -> MessageStatus {
    let settled: MessageStatus
    if let status {
      settled = status
    } else if input.given[.scheduledFor] != nil {
      settled = values.scheduledFor == nil ? .draft : .scheduled
    } else {
      settled = before
    }
    let now = clock.now.description
    func isNew(_ field: MessageInput.Field) -> Bool { input.given[field] != nil }
    if settled == .scheduled {
      require(.scheduledFor, values.scheduledFor != nil, "is empty: say when, with --schedule-at")
    }
    if let time = values.scheduledFor, settled == .scheduled, isNew(.scheduledFor) || before == .draft {
      require(.scheduledFor, time >= now, "is \(time), which has passed")
    }
    if let expiry = values.expiresAt {
      if isNew(.expiresAt) { require(.expiresAt, expiry > now, "is \(expiry), which has passed") }
      if let time = values.scheduledFor, isNew(.expiresAt) || isNew(.scheduledFor) {
        require(.expiresAt, expiry > time, "is \(expiry), not after \(time), for which it is scheduled")
      }
    }
    return settled
  }

  // MARK: To whom

  private mutating func checkExpression() throws {
    guard let expression = values.audience.expression else { return }
    do {
      _ = try AudienceCondition(database, clock: clock).compile(expression)
    } catch let error as CareError {
      // Alone it is shown as it is, with its place marked.
      if problems.isEmpty { throw error }
      problems.append(.init(MessageInput.Field.recipientWhere.rawValue, error.message))
    }
  }

  private mutating func resolveAudience(_ input: MessageInput) throws {
    func each(_ ids: [String]) -> [String] {
      var seen: Set<String> = []
      return ids.filter { seen.insert($0).inserted }
    }
    if input.given[.recipientGroupIds] != nil {
      let finder = GroupFinder(database)
      values.audience.groups = each(try values.audience.groups.map { try finder.resolve($0).id })
    }
    if input.given[.recipientMemberIds] != nil {
      let finder = MemberFinder(database)
      values.audience.members = try finder.find(all: values.audience.members).map(\.id)
    }
  }
}
