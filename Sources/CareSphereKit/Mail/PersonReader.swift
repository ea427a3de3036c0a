import SQLiteStore
import TextFormats

/// Reads of one person after the other what the texts of a message use, and nothing else.
struct PersonReader {
  /// What the texts are given of a person.
  struct Person {
    /// In the order of ``TemplateFields/names``; what is not used is `null`.
    var values: [JSONValue]
    var fullName: String
  }

  private let database: Database
  private let today: CalendarDate
  /// The fields that are read, each with its place among the values.
  private let fields: [(index: Int, field: TemplateFields.Field)]
  private let columns: [MemberField]
  private let sql: String
  /// The dynamic groups, where groups are used; nil where nothing beyond the row is needed.
  private let groups: [(group: Group, condition: SQLFragment)]?

  /// - Parameters:
  ///   - used: indices of ``TemplateFields/names``.
  ///   - clock: of ages and of the conditions of dynamic groups.
  init(_ database: Database, used: Set<Int>, clock: Clock) throws {
    self.database = database
    today = clock.today
    fields = TemplateFields.all.enumerated().filter { used.contains($0.offset) }
      .map { ($0.offset, $0.element) }
    let needsRecord = fields.contains {
      $0.field == .member(.groups) || $0.field == .member(.optOuts)
    }
    groups = try needsRecord ? Self.dynamicGroups(database, clock) : nil
    var columns: [MemberField] = [.firstName, .lastName]
    for (_, field) in fields {
      let column: MemberField? =
        switch field {
        case .member(let field): field.position == nil ? nil : field
        case .custom: .customFields
        case .age: .dateOfBirth
        case .fullName, .unsubscribeURL: nil
        }
      if let column, !columns.contains(column) { columns.append(column) }
    }
    self.columns = columns
    sql =
      "SELECT \(columns.map { "m." + $0.column }.joined(separator: ", ")) FROM members AS m WHERE m.id = ?"
  }

  /// Nil where there is no such member any more.
  /// - Parameter unsubscribeURL: where this person can opt out.
  func person(_ id: String, unsubscribeURL: String) throws -> Person? {
    guard let groups else { return try row(id, unsubscribeURL) }
    let select = "SELECT \(Member.columns) FROM members AS m WHERE m.id = ?"
    guard let member = try database.first(select, [.text(id)], Member.init(row:)) else { return nil }
    let record = try MemberRecord(member, database, dynamicGroups: groups)
    return Person(
      values: TemplateFields.values(of: record, today: today, unsubscribeURL: unsubscribeURL),
      fullName: member.fullName)
  }

  private func row(_ id: String, _ unsubscribeURL: String) throws -> Person? {
    let statement = try database.prepare(sql)
    defer { statement.reset() }
    try statement.bind(id, at: 1)
    guard try statement.step() else { return nil }
    var person = Person(
      values: Array(repeating: .null, count: TemplateFields.all.count),
      fullName: Member.fullName(first: statement.string(0), last: statement.string(1)))
    for (index, field) in fields {
      person.values[index] =
        switch field {
        case .member(let field): field.json(text(field, statement))
        case .custom: MemberField.customFields.json(text(.customFields, statement))
        case .fullName: .string(person.fullName)
        case .age: TemplateFields.age(bornOn: text(.dateOfBirth, statement), today)
        case .unsubscribeURL: .string(unsubscribeURL)
        }
    }
    return person
  }

  private func text(_ field: MemberField, _ statement: Statement) -> String? {
    columns.firstIndex(of: field).flatMap { statement.text($0) }
  }

  private static func dynamicGroups(
    _ database: Database, _ clock: Clock
  ) throws -> [(group: Group, condition: SQLFragment)] {
    let finder = GroupFinder(database)
    let dynamic = try finder.all().filter(\.isDynamic)
    if dynamic.isEmpty { return [] }
    try FilterFunctions.register(on: database)
    let compiler = FilterCompiler(clock: clock) { try finder.reference($0) }
    return try dynamic.map { ($0, try compiler.membership(ofDynamic: $0)) }
  }
}
