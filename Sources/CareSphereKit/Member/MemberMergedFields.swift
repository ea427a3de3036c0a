import TextFormats

/// What becomes of the fields of two members who are one person.
struct MergedFields {
  /// What the one who stays gets.
  private(set) var change = MemberChange()
  /// Who was merged, and all that differed, for people to read.
  private(set) var note: String

  init(keep: Member, other: Member) {
    var draft = MemberDraft()
    var differences: [String] = []
    for field in MemberField.texts {
      guard let theirs = other[field], !theirs.isEmpty else { continue }
      let ours = keep[field] ?? ""
      if ours.isEmpty || Self.isFuller(theirs, than: ours, field) {
        change.values.append((MemberDraft.position(of: field), theirs))
      } else if !Self.isSame(theirs, ours, field) {
        differences.append("\(field.rawValue): \(theirs)")
      }
    }
    if keep[.memberStatus] != other[.memberStatus], let status = other[.memberStatus] {
      differences.append("memberStatus: \(status)")
    }
    draft.tags = other.tags
    var custom: [CustomField] = []
    let ours = Self.object(keep[.customFields])
    for field in Self.object(other[.customFields]).members {
      if ours[field.key] == nil {
        custom.append(CustomField(name: field.key, value: field.value))
      } else if ours[field.key] != field.value {
        differences.append("custom.\(field.key): \(Self.text(field.value))")
      }
    }
    draft.customFields = custom.isEmpty ? nil : custom
    change.values += MemberChange(draft, of: keep, tags: .add).values
    change.renames = change.values.contains {
      [.firstName, .lastName].contains(MemberField.stored[$0.position])
    }
    note = "Merged with \(other.fullName) (\(other.id), since \(other[.createdAt] ?? ""))"
    if !differences.isEmpty { note += ", where it said:\n" + differences.joined(separator: "\n") }
  }

  /// A birthday with its year is more than the same one without.
  private static func isFuller(_ theirs: String, than ours: String, _ field: MemberField) -> Bool {
    field == .dateOfBirth && ours.hasPrefix("--") && theirs.hasSuffix(ours.dropFirst())
      && !theirs.hasPrefix("--")
  }

  private static func isSame(_ theirs: String, _ ours: String, _ field: MemberField) -> Bool {
    switch field {
    case .email: CaseFolding.fold(theirs) == CaseFolding.fold(ours)
    case .phone: PhoneDigits.of(theirs) == PhoneDigits.of(ours)
    case .dateOfBirth: theirs == ours || theirs.hasPrefix("--") && ours.hasSuffix(theirs.dropFirst())
    default: theirs == ours
    }
  }

  private static func object(_ json: String?) -> JSONObject {
    json.flatMap { JSONObject(parsing: $0) } ?? JSONObject()
  }

  private static func text(_ value: JSONValue) -> String {
    if case .string(let text) = value { return text }
    return JSONWriter.string(value)
  }
}
