import TestSupport
import Testing
import TextFormats

@testable import CareSphereKit

@Suite struct ReadersVCardTests {
  /// The record of one card, and the same in small chunks and with other line ends.
  private func fields(_ lines: [String], version: String = "4.0") throws -> JSONObject {
    let all = ["BEGIN:VCARD", "VERSION:\(version)"] + lines + ["END:VCARD", ""]
    let text = all.joined(separator: "\r\n")
    let result = try readAll(text, format: .vcard)
    for size in 1...5 { #expect(try readAll(text, format: .vcard, chunkSize: size) == result) }
    for lineEnd in ["\n", "\r"] {
      let other = try readAll(all.joined(separator: lineEnd), format: .vcard, chunkSize: 3)
      #expect(other.records == result.records)
    }
    #expect(result.failure == nil)
    return try #require(result.objects.first)
  }

  private func value(_ field: String, _ lines: String..., version: String = "4.0") throws -> JSONValue? {
    try fields(lines, version: version)[field]
  }

  @Test func aCardOfVersion4() throws {
    let record = try fields([
      "UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1", "FN:Dr. Ada Obi", "N:Obi;Ada;;Dr.;",
      "EMAIL;TYPE=work:ada@work.example", "EMAIL;PREF=1:ada@home.example",
      "TEL;VALUE=uri;TYPE=\"voice,work\":tel:+1-555-0100;ext=5",
      "TEL;VALUE=uri;TYPE=\"cell,voice\":tel:+234-801-1",
      "BDAY:--0415", "GENDER:F", "ADR;TYPE=home:;;12 Main St;Lagos;LA;100001;Nigeria",
      "CATEGORIES:choir,youth", "CATEGORIES:myContacts,choir", "NOTE:one\\ntwo\\, three\\; four\\\\n",
      "PHOTO:https://example.org/a.jpg", "ORG:Grace", "X-ODD:1",
    ])
    #expect(
      record
        == JSONObject([
          ("dateOfBirth", "--04-15"), ("gender", "female"), ("tags", ["choir", "youth"]),
          ("photoUrl", "https://example.org/a.jpg"), ("email", "ada@home.example"), ("phone", "+234-801-1"),
          ("firstName", "Ada"), ("lastName", "Obi"), ("address", "12 Main St"), ("city", "Lagos"),
          ("state", "LA"), ("zipCode", "100001"), ("country", "Nigeria"),
          ("notes", "one\ntwo, three; four\\n"),
          ("externalId", "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"),
        ]))
  }

  @Test func aCardOfVersion3() throws {
    let record = try fields(
      [
        "N:Müller;Jürgen;;;", "FN:Jürgen Müller", "item1.EMAIL;type=INTERNET;type=pref:j@example.org",
        "EMAIL;type=INTERNET:k@example.org", "item2.TEL:+49 30 1", "item2.X-ABLabel:_$!<Mobile>!$_",
        "TEL;type=HOME;type=VOICE:+49 30 2", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15",
        "item3.ADR;type=HOME;type=pref:;Apt 4;Hauptstr. 1\\, Hof;Berlin;;10115;Germany",
        "NOTE:a long no", " te that goes", "\t on", "PHOTO;ENCODING=b;TYPE=JPEG:AAAA", " BBBB",
      ], version: "3.0")
    #expect(record["firstName"] == "Jürgen")
    #expect(record["email"] == "j@example.org")
    #expect(record["phone"] == "+49 30 1")
    #expect(record["dateOfBirth"] == "--04-15")
    #expect(record["address"] == "Hauptstr. 1, Hof, Apt 4")
    #expect(record["notes"] == "a long note that goes on")
    #expect(record["photoUrl"] == nil)
  }

  @Test func aCardOfVersion21() throws {
    let record = try fields(
      [
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BCrgen;;;",
        "TEL;HOME;VOICE:1", "TEL;CELL;PREF:2", "TEL;FAX;CELL:0", "EMAIL;INTERNET:a@example.org",
        "NOTE;ENCODING=QUOTED-PRINTABLE:first=0D=0A=", "second =3D end; with semicolon",
        "ADR;WORK;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:;;Stra=DFe 1, Hof;K=F6ln;;50667;", "BDAY:19850412",
        "CATEGORIES:one", "X-LONG:a b", " c", "AGENT:", "BEGIN:VCARD", "N:Other;One", "END:VCARD",
      ], version: "2.1")
    #expect(record["firstName"] == "Jürgen")
    #expect(record["lastName"] == "Müller")
    #expect(record["phone"] == "2")
    #expect(record["notes"] == "first\r\nsecond = end; with semicolon")
    #expect(record["address"] == "Straße 1, Hof")
    #expect(record["city"] == "Köln")
    #expect(record["dateOfBirth"] == "1985-04-12")
  }

  @Test(arguments: [
    ("BDAY:19850412", "1985-04-12"), ("BDAY:1985-04-12", "1985-04-12"), ("BDAY:--0412", "--04-12"),
    ("BDAY:--04-12", "--04-12"), ("BDAY:1985-04-12T10:00:00Z", "1985-04-12"),
    ("BDAY;VALUE=DATE-TIME:19850412T000000", "1985-04-12"), ("BDAY;VALUE=text:circa 1800", nil),
    ("BDAY:1985", nil), ("BDAY:1985-04", nil), ("BDAY:---12", nil), ("BDAY:--04", nil),
    ("BDAY:April 12", "April 12"), ("BDAY:12/04/1985", "12/04/1985"), ("BDAY:1604-04-12", "1604-04-12"),
    ("BDAY:", nil),
  ])
  func birthdays(line: String, expected: String?) throws {
    #expect(try value("dateOfBirth", line) == expected.map(JSONValue.string))
  }

  @Test func phonesByKindThenPreferenceThenPlace() throws {
    #expect(try value("phone", "TEL;TYPE=work:1", "TEL;TYPE=home:2") == "2")
    #expect(try value("phone", "TEL:1", "TEL;TYPE=work:2", "TEL;TYPE=fax:3") == "2")
    #expect(try value("phone", "TEL;TYPE=home:1", "TEL;TYPE=cell:2", "TEL;TYPE=cell;PREF=1:3") == "3")
    #expect(try value("phone", "TEL;TYPE=cell;PREF=9:1", "TEL;TYPE=cell;PREF=2:2") == "2")
    #expect(try value("phone", "TEL;TYPE=cell:", "TEL;TYPE=pager:7") == "7")
    #expect(try value("phone", "TEL:1", "TEL:2") == "1")
  }

  @Test func namesFromWhereverTheyAre() throws {
    func names(_ lines: String...) throws -> [JSONValue?] {
      let record = try fields(lines)
      return [record["firstName"], record["lastName"]]
    }
    #expect(try names("FN:Mary Ann Smith") == ["Mary Ann", "Smith"])
    #expect(try names("FN:Pelé", "N:;;;;") == ["Pelé", nil])
    #expect(try names("N:Smith") == [nil, "Smith"])
    #expect(try names("N:O\\;Neil;Shaq\\,;;;") == ["Shaq,", "O;Neil"])
    #expect(try names("FN:a@example.org", "EMAIL:a@example.org") == [nil, nil])
    #expect(try names("NICKNAME:Bob,Bobby") == ["Bob", nil])
  }

  @Test(arguments: [
    ("GENDER:M", "male"), ("GENDER:f;girl", "female"), ("GENDER:O;x", "other"), ("GENDER:U", nil),
    ("GENDER:N", nil), ("GENDER:;prefer_not_to_say", "prefer_not_to_say"), ("X-GENDER:Male", "Male"),
  ])
  func genders(line: String, expected: String?) throws {
    #expect(try value("gender", line) == expected.map(JSONValue.string))
  }

  @Test func charactersFoldedBetweenTheirBytesAreReadWhole() throws {
    let head = Array("BEGIN:VCARD\r\nVERSION:3.0\r\nNOTE:caf".utf8)
    let tail = Array("x\r\nEND:VCARD\r\n".utf8)
    let bytes = head + [0xC3, 0x0D, 0x0A, 0x20, 0xA9] + tail
    for size in 1...4 {
      let result = try readAll(bytes, chunkSize: size)
      #expect(result.objects.first?["notes"] == "caféx")
      #expect(result.encoding == .utf8)
    }
  }

  @Test func encodingsOfWholeFiles() throws {
    let text = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoë Obi\r\nEND:VCARD\r\n"
    let files: [([UInt8], TextEncoding)] = [
      (Array(text.utf8), .utf8), (latin1(text), .windows1252), (utf16(text, bigEndian: true), .utf16),
      ([0xEF, 0xBB, 0xBF] + Array(text.utf8), .utf8),
    ]
    for (bytes, encoding) in files {
      for size in [1, 2, 4096] {
        let result = try readAll(bytes, chunkSize: size)
        #expect(result.objects.first?["firstName"] == "Zoë")
        #expect(result.encoding == encoding)
      }
    }
    let wrong = try readAll(latin1(text), encoding: .utf8)
    #expect(wrong.failure?.message == "people, line 3: invalid UTF-8 (byte 0xEB) at byte offset 31")
    let folded = latin1("BEGIN:VCARD\r\nNOTE:a\r\n b\u{EB}\r\nEND:VCARD\r\n")
    let failure = try readAll(folded, encoding: .utf8).failure
    #expect(failure?.message == "people, line 3: invalid UTF-8 (byte 0xEB) at byte offset 23")
    let null = try readAll("BEGIN:VCARD\nNOTE:\u{0}\nEND:VCARD\n").failure
    #expect(null?.message == "people, line 2: NUL byte at byte offset 17")
  }

  @Test func groupsArePassedOverAndWhatHasNoFieldIsNamed() throws {
    let text = """
      BEGIN:VCARD
      VERSION:4.0
      KIND:group
      FN:The Choir
      END:VCARD

      BEGIN:VCARD
      VERSION:3.0
      N:Obi;Ada;Ngozi;;
      NICKNAME:Addie
      ORG:Grace
      X-ODD:1
      ORG:Again
      BDAY:1985
      END:VCARD
      """
    let result = try readAll(text)
    #expect(result.skippedEntries == 1)
    #expect(result.records.map(\.line) == [7])
    #expect(result.ignored == ["ORG", "X-ODD", "BDAY", "N (additional names)", "NICKNAME"])
  }

  @Test func cardsThatCannotBeReadAreRowErrorsAndFilesThatCannotStop() throws {
    let broken = try readAll("BEGIN:VCARD\nFN:A\nno colon\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n")
    #expect(broken.problems == ["1: line 3: \"NAME:value\" was expected"])
    #expect(broken.objects.last?["firstName"] == "B")
    #expect(
      try readAll("BEGIN:VCARD\nFN:A\n").failure
        == .unreadable("people", line: 1, "the card that begins here has no END:VCARD"))
    #expect(
      try readAll("FN:A\n", format: .vcard).failure
        == .unreadable("people", line: 1, "BEGIN:VCARD was expected"))
  }
}
