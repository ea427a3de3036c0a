import CareSphereKit
import Testing

@Suite struct MemberValuesContactTests {
  @Test(arguments: [
    ("ana@example.org", "ana@example.org"), (" Ana@Example.ORG ", "Ana@example.org"),
    ("o'brien+news@a-b.example.co", "o'brien+news@a-b.example.co"), ("x@y.museum", "x@y.museum"),
    ("用户@例子.中国", "用户@例子.中国"), ("jose\u{301}@EXA\u{308}MPLE.de", "jos\u{E9}@ex\u{E4}mple.de"),
    ("root@localhost", "root@localhost"), ("a@1.example", "a@1.example"),
    ("\(String(repeating: "a", count: 64))@example.org", "\(String(repeating: "a", count: 64))@example.org"),
  ])
  func addressesAreTaken(_ raw: String, _ stored: String) throws {
    let email = try #require(try fileValues().email(raw))
    #expect(Array(email.unicodeScalars) == Array(stored.unicodeScalars))
    #expect(try fileValues().email(email) == email)
  }

  @Test(arguments: [
    ("ana", "“ana” has no @; write one as name@example.org"),
    ("a@b@example.org", "“a@b@example.org” has more than one @; a record has one address"),
    ("@example.org", "“@example.org” has nothing before the @"),
    ("ana@", "“ana@” has nothing after the @"),
    ("ana@example", "“ana@example” has an unfinished domain; write one as example.org"),
    ("ana@.org", "“ana@.org” has a dot too many after the @"),
    ("ana@example.org.", "“ana@example.org.” has a dot too many after the @"),
    ("a..b@example.org", "“a..b@example.org” has a dot too many before the @"),
    (".a@example.org", "“.a@example.org” has a dot too many before the @"),
    ("a.@example.org", "“a.@example.org” has a dot too many before the @"),
    ("ana maria@example.org", "“ana maria@example.org” has a space in it"),
    ("ana@exam ple.org", "“ana@exam ple.org” has a space in it"),
    ("Ana <ana@example.org>", "“Ana <ana@example.org>” has a space in it"),
    ("<ana@example.org>", "“<ana@example.org>” has a “<” in it, which an address cannot have"),
    ("a,b@example.org", "“a,b@example.org” has a “,” in it, which an address cannot have"),
    ("ana@exam_ple.org", "“ana@exam_ple.org” has a “_” in it, which an address cannot have"),
    ("ana@-a.org", "“ana@-a.org” has a hyphen at an end of a part of its domain"),
    ("ana@a-.org", "“ana@a-.org” has a hyphen at an end of a part of its domain"),
    ("ana@127.0.0.1", "“ana@127.0.0.1” has a number in place of a domain name"),
    (
      "a\u{200B}na@example.org",
      "“a\u{200B}na@example.org” has the character U+200B in it, which an address cannot have"
    ),
    (
      "a\u{1B}@example.org",
      "“a\u{1B}@example.org” has the character U+001B in it, which an address cannot have"
    ),
    (
      "\(String(repeating: "a", count: 65))@example.org",
      "“\(String(repeating: "a", count: 60))…” has more than 64 characters before the @"
    ),
    (
      "a@\(String(repeating: "b", count: 64)).org",
      "“a@\(String(repeating: "b", count: 58))…” has a domain part of more than 63 characters"
    ),
    (
      "a@" + String(repeating: "b.", count: 126) + "org",
      "has 257 characters, at most 255 are allowed"
    ),
  ])
  func otherAddressesAreNot(_ raw: String, _ expected: String) throws {
    #expect(reason { _ = try fileValues().email(raw) } == expected)
  }

  @Test(arguments: [
    "0801 234 5678", "+234 801 234 5678", "(555) 123-4567", "+1.555.123.4567", "112", "030/123456",
    "+1 555 123 4567 x12", "555-1234 ext. 5", "555-1234 Ext 55", "5551234x9", "+49\u{A0}30\u{A0}123", "00123",
    "\u{202A}+1555123456\u{202C}",
  ])
  func phonesAreTakenAsTheyAre(_ raw: String) throws {
    #expect(try fileValues().phone(raw) == raw)
    #expect(try fileValues().phone("  \(raw) ") == raw)
  }

  @Test(arguments: [
    ("12", "“12” is no phone number: it has fewer than three digits"),
    ("n/a", "“n/a” is no phone number: only digits, spaces, + - ( ) . / and an extension fit"),
    ("call Ana", "“call Ana” is no phone number: only digits, spaces, + - ( ) . / and an extension fit"),
    (
      "555-1234 ext",
      "“555-1234 ext” is no phone number: only digits, spaces, + - ( ) . / and an extension fit"
    ),
    (
      "555 1234, 555 4321",
      "“555 1234, 555 4321” is no phone number: only digits, spaces, + - ( ) . / and an extension fit"
    ),
    ("2.34801E+12", "“2.34801E+12” is what a spreadsheet made of a phone number: format its column as text"),
    ("123456789012345678901", "has 21 characters, at most 20 are allowed"),
  ])
  func otherPhonesAreNot(_ raw: String, _ expected: String) throws {
    #expect(reason { _ = try fileValues().phone(raw) } == expected)
  }
}
