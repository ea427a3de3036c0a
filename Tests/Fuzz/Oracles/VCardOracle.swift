import CareSphereKit
import TextFormats

/// vCards: what is read is the same however it comes in, and a card that was written is read as what it was written
/// from, but for what a vCard cannot say.
enum VCardOracle {
  static func check(_ bytes: [UInt8]) throws {
    let reading = try ImportReading.steady(bytes, format: .vcard)
    try reading.drafts()
    let people = reading.objects.map(plain)
    guard !people.isEmpty else { return }
    var output: [UInt8] = []
    for person in people { VCardWriter.append(person, to: &output) }
    let again = try ImportReading(output, format: .vcard)
    try require(again.failure == nil, "what was written is not read: \(again)")
    try require(again.records.count == people.count, "\(people.count) people became \(again)")
    for (person, copy) in zip(people, again.objects) {
      for field in MemberField.allCases where !isSame(person[field.rawValue], copy[field.rawValue]) {
        throw BrokenPromise(
          "\(field) of \(JSONWriter.string(.object(person)))\nis another in \(JSONWriter.string(.object(copy)))"
        )
      }
    }
  }

  /// Canonically equal texts are equal to Swift, and not to who is called so.
  private static func isSame(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
    left.map { JSONWriter.bytes($0) } == right.map { JSONWriter.bytes($0) }
  }

  /// What the database holds of a person who was read: no white space at the ends, line ends in notes only, these as
  /// LF, which is the one that a vCard has; an FN is only a name where there is no N; gender, birthday and custom fields
  /// as our fields have them.
  private static func plain(_ person: JSONObject) -> JSONObject {
    var result = JSONObject()
    for member in person.members {
      guard let field = MemberField(rawValue: member.key) else { continue }
      switch (field, member.value) {
      case (.gender, .string(let text)):
        if Gender(rawValue: text) != nil { result[member.key] = member.value }
      case (.dateOfBirth, .string(let text)):
        if BirthDate(text)?.description == text { result[member.key] = member.value }
      case (.customFields, .object(let object)): if !object.isEmpty { result[member.key] = member.value }
      case (.customFields, _): break
      case (.photoUrl, .string(let text)):
        if oneLine(text, field).utf8.elementsEqual(text.utf8) { result[member.key] = member.value }
      case (.externalId, .string(let text)):
        let text = oneLine(text, field)
        // This is how a vCard says an id.
        if !text.hasPrefix("urn:uuid:"), !text.isEmpty { result[member.key] = .string(text) }
      case (_, .string(let text)):
        let text = oneLine(text, field)
        if !text.isEmpty { result[member.key] = .string(text) }
      case (_, .array(let items)):
        let texts = items.compactMap { if case .string(let text) = $0 { oneLine(text, field) } else { nil } }
        var kept = NameList()
        for text in texts where !text.isEmpty && text != "myContacts" { kept.insert(text) }
        if !kept.names.isEmpty { result[member.key] = .strings(kept.names) }
      default: break
      }
    }
    if case .string(let id)? = result["id"], result["externalId"] == .string("urn:uuid:" + id) {
      result["externalId"] = nil
    }
    return result
  }

  private static func oneLine(_ text: String, _ field: MemberField) -> String {
    var scalars = Array(text.replacing("\r\n", with: "\n").unicodeScalars)
    if field != .notes {
      scalars.removeAll { $0 == "\n" || $0 == "\r" }
    } else {
      scalars = scalars.map { $0 == "\r" ? "\n" : $0 }
    }
    while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    let kept = scalars.drop { $0.properties.isWhitespace }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: kept)
    return String(view)
  }
}
