import TextFormats

/// Writes people as vCards of version 4.0 (RFC 6350), such that `VCardReader` reads the same again.
public enum VCardWriter {
  /// Appends one card.
  /// - Parameters:
  ///   - member: values by our field names, as JSON exports have them; what is absent, `null`, "" or
  ///     empty is left out. Fields that vCard does not know are written as `X-CARESPHERE-…`.
  ///   - output: takes the card, in UTF-8 with CR LF.
  public static func append(_ member: JSONObject, to output: inout [UInt8]) {
    var card = Card(member: member)
    card.write()
    output.append(contentsOf: card.output)
  }

  private struct Card {
    let member: JSONObject
    var output: [UInt8] = []

    init(member: JSONObject) { self.member = member }

    mutating func write() {
      line("BEGIN", "VCARD")
      line("VERSION", "4.0")
      names()
      text("EMAIL", .email)
      text("TEL", .phone)
      if let birthday = value(.dateOfBirth) {
        let digits = birthday.filter { $0 != "-" }
        line("BDAY", VCardText.escape(birthday.hasPrefix("--") ? "--\(digits)" : digits))
      }
      gender()
      address()
      if let url = value(.photoUrl) { line("PHOTO", VCardText.escape(url, isList: false)) }
      text("NOTE", .notes)
      list("CATEGORIES", .tags)
      if let uid = value(.externalId) ?? value(.id).map({ "urn:uuid:\($0)" }) {
        line("UID", VCardText.escape(uid))
      }
      extensions()
      line("END", "VCARD")
    }

    // MARK: Properties

    private mutating func names() {
      let (first, last) = (value(.firstName) ?? "", value(.lastName) ?? "")
      let full = [first, last].filter { !$0.isEmpty }.joined(separator: " ")
      // FN must be there; N beside it, empty as it may be, tells that it is no name.
      let shown = full.isEmpty ? value(.email) ?? value(.phone) ?? value(.id) ?? "" : full
      line("FN", VCardText.escape(shown))
      line("N", "\(VCardText.escape(last));\(VCardText.escape(first));;;")
    }

    private mutating func gender() {
      guard let gender = value(.gender) else { return }
      switch Gender(rawValue: gender) {
      case .male: line("GENDER", "M")
      case .female: line("GENDER", "F")
      case .other: line("GENDER", "O")
      case .preferNotToSay, nil: line("GENDER", ";\(VCardText.escape(gender))")
      }
    }

    private mutating func address() {
      let fields: [MemberField] = [.address, .city, .state, .zipCode, .country]
      let values = fields.map { VCardText.escape(value($0) ?? "") }
      if values.contains(where: { !$0.isEmpty }) { line("ADR", ";;" + values.joined(separator: ";")) }
    }

    private mutating func extensions() {
      let names: [MemberField] = [.id, .memberStatus, .membershipType, .joinDate, .createdAt, .updatedAt]
      for field in names { text(extensionName(field), field) }
      for field in [MemberField.groups, .optOuts] { list(extensionName(field), field) }
      if case .object(let custom)? = member["customFields"], !custom.isEmpty {
        line(extensionName(.customFields), VCardText.escape(JSONWriter.string(.object(custom))))
      }
    }

    private func extensionName(_ field: MemberField) -> String {
      VCardMapping.extensionPrefix + field.rawValue.uppercased()
    }

    // MARK: Values

    private func value(_ field: MemberField) -> String? {
      guard case .string(let text)? = member[field.rawValue], !text.isEmpty else { return nil }
      return text
    }

    private mutating func text(_ name: String, _ field: MemberField) {
      if let value = value(field) { line(name, VCardText.escape(value)) }
    }

    private mutating func list(_ name: String, _ field: MemberField) {
      guard case .array(let items)? = member[field.rawValue], !items.isEmpty else { return }
      let texts = items.compactMap { item in
        if case .string(let text) = item { VCardText.escape(text) } else { nil }
      }
      line(name, texts.joined(separator: ","))
    }

    /// Writes a content line, folded so that no physical line has more than 75 bytes, its line end not
    /// counted, and no character is cut (RFC 6350 section 3.2).
    private mutating func line(_ name: String, _ value: String) {
      var length = 0
      for scalar in "\(name):\(value)".unicodeScalars {
        let width = scalar.utf8.count
        if length + width > 75 {
          output.append(contentsOf: [0x0D, 0x0A, 0x20])
          length = 1
        }
        output.append(contentsOf: scalar.utf8)
        length += width
      }
      output.append(contentsOf: [0x0D, 0x0A])
    }
  }
}
