import TextFormats
import SQLiteStore

/// Reads whom a file names: any file that `member import` reads, or one reference a line.
public struct MemberFile {
  private let database: Database
  private let finder: MemberFinder
  private let matcher: MemberMatcher
  private let values: MemberValues
  private var rows: [Int] = []
  private var known: Set<Int> = []
  private var problems: [CareError.LineProblem] = []

  /// - Parameter clock: settles what dates in the file mean.
  public init(_ database: Database, clock: Clock) throws {
    self.database = database
    finder = MemberFinder(database)
    matcher = try MemberMatcher(database, mode: .auto)
    values = MemberValues(clock: clock, source: .file(nil))
  }

  /// The people whom the file names, each once.
  /// - Parameter path: the file; `-` is standard input.
  /// - Returns: the keys of their rows, in the order of the file
  /// - Throws: `CareError`: `.io`; `.validation` for a file that cannot be understood, and with every line that
  ///   names nobody or several people.
  public mutating func read(_ path: String) throws -> [Int] {
    let reader = try RecordReaders.open(path: path)
    if let headings = reader.headings, let only = headings.names.first, headings.names.count == 1,
      Self.isReference(only)
    {
      try take(only, line: headings.line)
      try takeReferences(reader)
    } else {
      try takeRecords(reader)
    }
    guard problems.isEmpty else {
      let count = Set(problems.map(\.line)).count
      throw CareError(
        .validation, "\(count == 1 ? "1 line names" : "\(count) lines name") nobody, or nobody for sure",
        hint: "mend the lines, or add the people first with: caresphere member import",
        details: .lines(problems))
    }
    return rows
  }

  /// Whether a first line is a reference already and no heading.
  private static func isReference(_ text: String) -> Bool {
    let text = MemberValues.trimmed(text)
    if text.contains("@") || text.hasPrefix("ext:") { return true }
    let isHeading = ((try? ColumnRole(fieldName: text)) ?? nil) != nil
    return !isHeading && IDPart(text) != nil
  }

  // MARK: References

  private mutating func takeReferences(_ reader: any RecordReader) throws {
    while let batch = try reader.nextBatch() {
      for record in batch {
        switch record.content {
        case .cells(let cells): try take(cells.first ?? "", line: record.line)
        case .failure(let reason, _): fail(record.line, reason)
        case .object: fail(record.line, "is no reference to a member")
        }
      }
      try stopIfInterrupted()
    }
  }

  private mutating func take(_ reference: String, line: Int) throws {
    do {
      add(try finder.find(MemberValues.trimmed(reference)))
    } catch let error as CareError {
      fail(line, error.message + Self.candidates(error))
    }
  }

  /// Whom an ambiguous reference could mean, as the end of a sentence.
  private static func candidates(_ error: CareError) -> String {
    guard case .fields(let candidates) = error.details, !candidates.isEmpty else { return "" }
    return ": " + candidates.map { "\($0.reason) (\($0.field))" }.joined(separator: "; ")
  }

  // MARK: Records

  private mutating func takeRecords(_ reader: any RecordReader) throws {
    // What identifies people is enough; a spreadsheet may have any other columns.
    let unmapped: UnmappedColumns? = reader.headings?.names.count == 1 ? nil : .ignore
    var options = MappingOptions(unmapped: unmapped)
    options.needsName = false
    let mapper = try RecordMapper(headings: reader.headings, options: options, values: values)
    var ignored = NameList()
    while let batch = try reader.nextBatch() {
      for record in batch {
        switch mapper.draft(from: record, ignored: &ignored) {
        case .failure(let reasons):
          problems += reasons.map {
            .init(line: record.line, field: $0.field.isEmpty ? nil : $0.field, message: $0.reason)
          }
        case .draft(let draft): try take(draft, line: record.line)
        }
      }
      try stopIfInterrupted()
    }
  }

  private mutating func take(_ draft: MemberDraft, line: Int) throws {
    let identity = [
      draft.id, draft.externalId, draft.firstName, draft.lastName, draft.email, draft.phone,
      draft.dateOfBirth,
    ]
    guard identity.contains(where: { $0 != nil }) else {
      return fail(line, "says nothing of who is meant: no id, name, e-mail, phone or date of birth")
    }
    switch try matcher.match(draft) {
    case .member(let member): add(member)
    case .none: fail(line, "there is no such member")
    case .several(let candidates):
      let names = candidates.prefix(10).map { "\($0.fullName) (\($0.id))" }.joined(separator: "; ")
      fail(line, "could be any of \(candidates.count) members: \(names)")
    }
  }

  private mutating func add(_ member: Member) {
    if known.insert(member.rowID).inserted { rows.append(member.rowID) }
  }

  private mutating func fail(_ line: Int, _ reason: String) {
    problems.append(.init(line: line, field: nil, message: reason))
  }

  private func stopIfInterrupted() throws {
    try database.checkInterrupted(while: "reading")
  }
}
