import TestSupport
import Testing
import TextFormats

@testable import CareSphereKit

@Suite struct ReadersVCardWriterTests {
  @Test func aCardAsItIsWritten() {
    let member = JSONObject([
      ("id", "018f-1"), ("externalId", nil), ("firstName", "Zoë"), ("lastName", "O;Neil"),
      ("email", "zoe@example.org"), ("phone", "+49 1"), ("dateOfBirth", "--02-29"), ("gender", "female"),
      ("address", "1 Main St, Apt 2"), ("city", "Lagos"), ("memberStatus", "active"),
      ("photoUrl", "https://example.org/a,b.jpg"), ("notes", "a\nb\r\nc"), ("tags", ["choir", "youth"]),
      ("groups", []), ("customFields", ["baptism": "2001-02-03"]),
    ])
    var output: [UInt8] = []
    VCardWriter.append(member, to: &output)
    let expected = [
      "BEGIN:VCARD", "VERSION:4.0", "FN:Zoë O\\;Neil", "N:O\\;Neil;Zoë;;;", "EMAIL:zoe@example.org",
      "TEL:+49 1",
      "BDAY:--0229", "GENDER:F", "ADR:;;1 Main St\\, Apt 2;Lagos;;;", "PHOTO:https://example.org/a,b.jpg",
      "NOTE:a\\nb\\nc", "CATEGORIES:choir,youth", "UID:urn:uuid:018f-1", "X-CARESPHERE-ID:018f-1",
      "X-CARESPHERE-MEMBERSTATUS:active", "X-CARESPHERE-CUSTOMFIELDS:{\"baptism\":\"2001-02-03\"}",
      "END:VCARD", "",
    ]
    #expect(String(decoding: output, as: UTF8.self) == expected.joined(separator: "\r\n"))
  }

  @Test func linesAreFoldedAt75BytesBetweenCharacters() {
    for shift in 0..<8 {
      var output: [UInt8] = []
      let notes = String(repeating: "x", count: shift) + String(repeating: "é😀", count: 100)
      VCardWriter.append(JSONObject([("notes", .string(notes))]), to: &output)
      let lines = String(decoding: output, as: UTF8.self).split(separator: "\r\n")
      #expect(lines.allSatisfy { $0.utf8.count <= 75 })
      #expect(lines.contains { $0.utf8.count > 70 })
      #expect(!lines.contains { $0.contains("\u{FFFD}") })
    }
  }

  @Test func whatIsWrittenIsReadAsItWas() throws {
    var generator = SeededGenerator(seed: 6350)
    let texts: [MemberField] = [
      .id, .externalId, .firstName, .lastName, .email, .phone, .address, .city, .state, .zipCode, .country,
      .memberStatus, .membershipType, .joinDate, .notes, .createdAt, .updatedAt,
    ]
    for _ in 0..<300 {
      var member = JSONObject()
      for field in texts where Bool.random(using: &generator) {
        let text = plain(generator.text(length: 100), keepsLines: field == .notes)
        if !text.isEmpty { member[field.rawValue] = .string(text) }
      }
      if Bool.random(using: &generator) { member["dateOfBirth"] = ["1985-04-12", "--02-29"].randomElement() }
      if Bool.random(using: &generator) { member["photoUrl"] = "https://example.org/?a,b;c\\" }
      member["gender"] = Gender.allCases.randomElement(using: &generator).map { .string($0.rawValue) }
      for list in ["tags", "groups", "optOuts"] where Bool.random(using: &generator) {
        let items = (0..<3).map { "\($0)" + plain(generator.text(length: 10), keepsLines: false) + "x" }
        member[list] = .strings(items)
      }
      member["customFields"] = ["a": .string(generator.text(length: 9)), "b": [1, nil]]
      var output: [UInt8] = []
      VCardWriter.append(member, to: &output)
      VCardWriter.append(JSONObject([("firstName", "next")]), to: &output)
      let objects = try readAll(output, chunkSize: 37).objects
      #expect(objects.count == 2)
      for field in MemberField.allCases {
        #expect(objects[0][field.rawValue] == member[field.rawValue], "\(field)")
      }
    }
  }

  /// What fields hold when they come from the database: no white space at the ends, line ends in notes
  /// only, and these as LF, the one line end that a vCard has.
  private func plain(_ text: String, keepsLines: Bool) -> String {
    var scalars = Array(text.unicodeScalars.filter { $0 != "\r" && (keepsLines || $0 != "\n") })
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
