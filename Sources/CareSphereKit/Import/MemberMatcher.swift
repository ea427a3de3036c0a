import SQLiteStore
import TextFormats

/// Finds the member that a row is about. It never guesses: it goes by one key, the first that the row
/// has, and several candidates are an error.
final class MemberMatcher {
  enum Match {
    case none
    case member(Member)
    case several([Member])
  }

  private let mode: MatchMode
  private let database: Database
  private let byID: Statement
  private let byExternalID: Statement
  private let byEmail: Statement
  private let byPhone: Statement
  private let byBirthday: Statement
  private let byNameAlone: Statement

  init(_ database: Database, mode: MatchMode) throws {
    self.mode = mode
    self.database = database
    func prepare(_ condition: String) throws -> Statement {
      try database.prepare("SELECT \(Member.columns) FROM members AS m WHERE \(condition)")
    }
    byID = try prepare("m.id = ?")
    byExternalID = try prepare("m.external_id = ?")
    byEmail = try prepare("m.email = ? COLLATE NOCASE")
    byPhone = try prepare("m.phone_digits = ?")
    byBirthday = try prepare("m.name_key = ? AND m.date_of_birth = ?")
    byNameAlone = try prepare(
      """
      m.name_key = ? AND m.date_of_birth IS NULL AND m.external_id IS NULL AND m.email IS NULL
      AND m.phone IS NULL
      """)
  }

  /// The member, of whom only what `draft` says is known.
  func match(_ draft: MemberDraft) throws -> Match {
    let candidates: [Member]
    switch mode {
    case .none: return .none
    case .auto: candidates = try automatic(draft)
    case .externalID: candidates = try draft.externalId.map { try all(byExternalID, $0) } ?? []
    case .email: candidates = try draft.email.map { try all(byEmail, $0) } ?? []
    case .phone: candidates = try draft.phone.map { try all(byPhone, PhoneDigits.of($0)) } ?? []
    case .nameAndBirthday:
      candidates = try draft.dateOfBirth.map { try all(byBirthday, nameKey(draft), $0) } ?? []
    }
    switch candidates.count {
    case 0: return .none
    case 1: return .member(candidates[0])
    default: return .several(candidates)
    }
  }

  /// Who a row could be about, and what would settle it.
  func ambiguity(_ draft: MemberDraft, _ candidates: [Member]) -> String {
    let names = candidates.prefix(5).map { "\($0.fullName) (\($0.id))" }.joined(separator: ", ")
    let could = "could be any of \(candidates.count) members: \(names)"
    let namesakes = sameName(candidates, draft)
    if mode == .email, draft.id == nil, draft.externalId == nil, namesakes.count == 1 {
      return "\(could); --match auto goes by the names as well, and finds \(namesakes[0].fullName)"
    }
    let isAuto = mode == .auto ? "" : ", with --match auto"
    let all =
      draft.optOuts?.isEmpty == false
      ? "; each of them is opted out with: caresphere member consent ID --channel CHANNEL --opt-out" : ""
    return "\(could); a column id with one of these ids settles it\(isAuto)\(all)"
  }

  /// Who has the name and the address of a row that is about somebody new: most likely the same person, who is there
  /// twice when the row is stored.
  func doubles(of draft: MemberDraft) throws -> [Member] { try byAddress(draft) ?? [] }

  private func automatic(_ draft: MemberDraft) throws -> [Member] {
    if let id = draft.id { return sameName(try all(byID, id), draft) }
    if let externalID = draft.externalId { return sameName(try all(byExternalID, externalID), draft) }
    if let found = try byAddress(draft) { return found }
    if let birthday = draft.dateOfBirth { return try all(byBirthday, nameKey(draft), birthday) }
    return try all(byNameAlone, nameKey(draft))
  }

  /// Those of the row's name with its e-mail address, else its phone number; nil where it has neither.
  private func byAddress(_ draft: MemberDraft) throws -> [Member]? {
    if let email = draft.email { return sameName(try all(byEmail, email), draft) }
    if let phone = draft.phone { return sameName(try all(byPhone, PhoneDigits.of(phone)), draft) }
    return nil
  }

  /// Those whose names are the row's; all of them where the row has no names.
  private func sameName(_ members: [Member], _ draft: MemberDraft) -> [Member] {
    guard draft.firstName != nil || draft.lastName != nil else { return members }
    return members.filter { member in
      // Mostly they are the same to the letter, and folding takes longer than looking somebody up.
      (member.firstName == draft.firstName ?? "" && member.lastName == draft.lastName ?? "")
        || Member.nameKey(first: member.firstName, last: member.lastName) == nameKey(draft)
    }
  }

  private func nameKey(_ draft: MemberDraft) -> String {
    Member.nameKey(first: draft.firstName, last: draft.lastName)
  }

  private func all(_ statement: Statement, _ values: String...) throws -> [Member] {
    for (index, value) in values.enumerated() { try statement.bind(value, at: index + 1) }
    defer { statement.reset() }
    var members: [Member] = []
    while try statement.step() { members.append(Member(row: statement)) }
    return members
  }
}
