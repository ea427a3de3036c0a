import CareSphereKit
import Testing

@Suite struct MemberValuesTextTests {
  @Test(arguments: [
    ("Ana", "Ana"), ("  Ana\t", "Ana"), ("\u{A0}Ana\u{3000}\r\n", "Ana"), ("O'Brien", "O'Brien"),
    ("e\u{301}", "\u{E9}"), ("a\nb", "a\nb"), ("a\u{202E}b", "a\u{202E}b"), ("a\u{1B}[31mb", "a\u{1B}[31mb"),
    ("\u{1B}a\u{7F}", "\u{1B}a\u{7F}"), ("=1+1", "=1+1"), ("'x", "'x"), ("👩‍👧", "👩‍👧"),
  ])
  func linesLoseWhiteSpaceAtTheirEndsOnly(_ raw: String, _ stored: String) throws {
    let line = try #require(try fileValues().line(raw))
    #expect(Array(line.unicodeScalars) == Array(stored.unicodeScalars))
  }

  @Test(arguments: ["", " ", "\t\n", "\u{A0}\u{2003}"])
  func whatIsWhiteSpaceAloneIsEmpty(_ raw: String) throws {
    #expect(try fileValues().line(raw) == nil)
  }

  @Test func nulIsRefusedEverywhere() throws {
    let values = try fileValues()
    let expected = "holds a NUL character, which no text can have: take it out"
    for field in [MemberField.firstName, .notes, .address, .externalId, .tags, .phone, .email] {
      var draft = MemberDraft()
      #expect(reason { _ = try values.set(field, to: "a\0b@c.org", in: &draft) } == expected, "\(field)")
      #expect(draft == MemberDraft())
    }
  }

  @Test func notesAreUntouched() throws {
    let raw = "  e\u{301}\r\n\t- done \n"
    let notes = try #require(try fileValues().notes(raw))
    #expect(Array(notes.unicodeScalars) == Array(raw.unicodeScalars))
    #expect(try fileValues().notes("") == nil)
  }

  @Test(arguments: [
    (MemberField.firstName, 100), (.lastName, 100), (.city, 100), (.state, 100), (.country, 100),
    (.zipCode, 20), (.membershipType, 50), (.externalId, 255),
  ])
  func lengthsCountScalars(_ field: MemberField, _ limit: Int) throws {
    #expect(field.maximumLength == limit)
    let values = try fileValues()
    for letter in ["a", "é", "👍"] {
      var draft = MemberDraft()
      #expect(try values.set(field, to: String(repeating: letter, count: limit), in: &draft))
      let long = String(repeating: letter, count: limit + 1)
      #expect(
        reason { _ = try values.set(field, to: long, in: &draft) }
          == "has \(limit + 1) characters, at most \(limit) are allowed")
    }
    // A letter with an accent of its own is one character when it is stored.
    var draft = MemberDraft()
    #expect(try values.set(field, to: String(repeating: "e\u{301}", count: limit), in: &draft))
  }

  @Test func identifiersAreUUIDs() throws {
    let id = "0193289B-6F0A-7C3E-8A55-0123456789AB"
    #expect(try fileValues().uuid(" \(id) ") == id.lowercased())
    #expect(
      reason { _ = try fileValues().uuid("4711") }
        == "“4711” is no UUID; numbers of other programs belong in externalId")
  }

  @Test(arguments: ["https://example.org/a.png", "http://x", "HTTPS://Example.org/ä?b=c#d"])
  func webAddressesAreTaken(_ raw: String) throws {
    #expect(try fileValues().photoURL(raw) == raw)
  }

  @Test(arguments: [
    ("photo.png", "“photo.png” is no web address: it has to begin with https:// or http://"),
    ("ftp://x/y", "“ftp://x/y” is no web address: it has to begin with https:// or http://"),
    (
      "javascript:alert(1)",
      "“javascript:alert(1)” is no web address: it has to begin with https:// or http://"
    ),
    ("https://", "“https://” names no host: write it as https://host/path"),
    ("https:/a", "“https:/a” names no host: write it as https://host/path"),
    ("https://a/b c", "“https://a/b c” has a space in it: write a space as %20"),
  ])
  func otherAddressesAreNot(_ raw: String, _ expected: String) throws {
    #expect(reason { _ = try fileValues().photoURL(raw) } == expected)
  }

  @Test func photoAddressesHaveALength() throws {
    let long = "https://example.org/" + String(repeating: "a", count: 481)
    #expect(reason { _ = try fileValues().photoURL(long) } == "has 501 characters, at most 500 are allowed")
  }

  @Test func reasonsShowTheBeginningOfLongValues() throws {
    let long = String(repeating: "ä", count: 70)
    #expect(
      reason { _ = try fileValues().uuid(long) }?.hasPrefix("“\(String(repeating: "ä", count: 60))…” is")
        == true)
  }
}
