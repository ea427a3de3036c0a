import TextFormats

/// A row of an import with all that can be made of it without the database. A class, because it goes
/// through many hands and a draft is long to copy.
final class PreparedMember: Sendable {
  let draft: MemberDraft
  /// The row, should nobody be found.
  let new: NewMember
  let keys: MatchKeys

  /// - Parameter id: what the member is called if they are new and the file names no id.
  init(_ draft: MemberDraft, id: String, options: ImportOptions, batch: String, provenance: Provenance) {
    var draft = draft
    if !options.resubscribes { draft.optIns = nil }
    if !options.tags.isEmpty {
      draft.tags = MemberValues.sorted(Self.joined(draft.tags ?? [], options.tags))
    }
    self.draft = draft
    new = NewMember(draft, id: id, status: options.status ?? .active, batch: batch, provenance: provenance)
    keys = MatchKeys(draft, nameKey: new.nameKey, mode: options.match)
  }

  /// Whether storing the member takes more than the row: it may meet somebody else's id, or belongs with
  /// groups or consents.
  var needsMoreThanRow: Bool {
    draft.id != nil || draft.externalId != nil || draft.optOuts != nil || draft.optIns != nil
  }

  /// Both lists, each tag once however its case.
  private static func joined(_ tags: [String], _ further: [String]) -> [String] {
    let known = Set(tags.map(CaseFolding.fold))
    return tags + further.filter { !known.contains(CaseFolding.fold($0)) }
  }
}

/// The keys of a row as numbers that are equal where the keys are, and hardly ever where they are not.
/// Only rows without an id and an external id are ever compared by them.
struct MatchKeys: Sendable {
  /// What the row finds its member by; nil where that is an id or nothing.
  let question: Int?
  /// What others could find the row's member by.
  let answers: [Int]

  init(_ draft: MemberDraft, nameKey: String, mode: MatchMode) {
    let email = draft.email.map { Self.key(1, $0.utf8.map(CaseFolding.foldedASCII)) }
    let phone = draft.phone.map { Self.key(2, Array(PhoneDigits.of($0).utf8)) }
    let name = Self.key(3, Array(nameKey.utf8))
    switch mode {
    case .none, .externalID: question = nil
    case .auto where draft.id != nil || draft.externalId != nil: question = nil
    case .auto: question = email ?? phone ?? name
    case .email: question = email
    case .phone: question = phone
    case .nameAndBirthday: question = name
    }
    answers = [email, phone, name].compactMap(\.self)
  }

  private static func key(_ kind: UInt8, _ text: [UInt8]) -> Int {
    var hasher = Hasher()
    hasher.combine(kind)
    text.withUnsafeBytes { hasher.combine(bytes: $0) }
    return hasher.finalize()
  }
}
