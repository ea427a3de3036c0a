import CareSphereKit
import TestSupport
import Testing
import TextFormats

@Suite struct MappingPropertyTests {
  /// What is stored comes back from a file as it is, whatever it is.
  @Test func whatWasTakenOnceIsTakenAgainUnchanged() throws {
    var generator = SeededGenerator(seed: 3)
    let values = try fileValues()
    for _ in 0..<800 {
      let text = generator.text(length: 12)
      for field in MemberField.allCases {
        var draft = MemberDraft()
        guard (try? values.set(field, to: text, in: &draft)) == true else { continue }
        let stored = try #require(cell(of: field, in: draft))
        var again = MemberDraft()
        let unguarded = FormulaGuard.unguarded(FormulaGuard.guarded(stored))
        #expect(try values.set(field, to: unguarded, in: &again))
        #expect(again == draft, "\(field): \(text.debugDescription)")
      }
    }
  }

  /// No row of any text brings the mapper down, under any preset.
  @Test(arguments: ImportPreset.allCases)
  func anyRowIsMappedOrRefused(_ preset: ImportPreset) throws {
    var generator = SeededGenerator(seed: 5)
    let foreign =
      preset == .auto || preset == .caresphere
      ? []
      : [
        "Labels", "E-mail 1 - Value", "Phone 1 - Label", "Phone 1 - Value", "Address 1 - Street",
        "Home Street",
        "E-mail Address", "UNSUB_REASON", "EmailPreference", "BirthDay", "BirthMonth", "BirthYear",
        "EMAIL_BLACKLISTED",
      ]
    let headings = MemberField.allCases.map(\.rawValue) + foreign + [""]
    let mapper = try RecordMapper(
      headings: Headings(line: 1, names: headings),
      options: .init(preset: preset, unmapped: .ignore, blank: .clear), values: fileValues())
    var ignored = NameList()
    for line in 0..<150 {
      let cells = headings.map { _ in generator.text(length: 8) }
      let record = mapper.draft(from: ImportRecord(line: line, content: .cells(cells)), ignored: &ignored)
      if case .failure(let problems) = record { #expect(!problems.isEmpty) }
    }
    #expect(ignored.names.isEmpty)
  }

  private func cell(of field: MemberField, in draft: MemberDraft) -> String? {
    switch field {
    case .id: draft.id
    case .externalId: draft.externalId
    case .firstName: draft.firstName
    case .lastName: draft.lastName
    case .email: draft.email
    case .phone: draft.phone
    case .dateOfBirth: draft.dateOfBirth
    case .gender: draft.gender?.rawValue
    case .address: draft.address
    case .city: draft.city
    case .state: draft.state
    case .zipCode: draft.zipCode
    case .country: draft.country
    case .memberStatus: draft.memberStatus?.rawValue
    case .membershipType: draft.membershipType
    case .joinDate: draft.joinDate
    case .photoUrl: draft.photoUrl
    case .notes: draft.notes
    case .tags: draft.tags?.joined(separator: ";")
    case .groups: draft.groups?.joined(separator: ";")
    case .optOuts: draft.optOuts?.map(\.rawValue).joined(separator: ";")
    case .customFields:
      draft.customFields.map { JSONWriter.string(.object(JSONObject($0.map { ($0.name, $0.value) }))) }
    case .createdAt: draft.createdAt
    case .updatedAt: draft.updatedAt
    }
  }
}
