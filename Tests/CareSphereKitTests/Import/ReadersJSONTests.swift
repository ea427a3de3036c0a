import TestSupport
import Testing
import TextFormats

@testable import CareSphereKit

@Suite struct ReadersJSONTests {
  private static let documents = [
    "[{\"a\":1},{\"a\":2}]", " [ {\"a\":1} ,\n {\"a\":2} ] \n",
    "{\"success\":true,\"data\":{\"members\":[{\"a\":1},{\"a\":2}]},\"error\":null,\"metadata\":{\"n\":[1]}}",
    "{\"metadata\":{\"x\":{}},\"data\":{\"members\":[{\"a\":1},{\"a\":2}],\"more\":1}}",
    "{\"members\":[{\"a\":1},{\"a\":2}]}", "{\"data\":[{\"a\":1},{\"a\":2}]}",
    "{\"a\":1}\n{\"a\":2}\n", "{\"a\":1}\r\n\r\n  \n{\"a\":2}",
  ]

  @Test(arguments: documents) func arraysEnvelopesAndLines(text: String) throws {
    for size in [1, 2, 3, 7, 4096] {
      let result = try readAll(text, chunkSize: size)
      #expect(result.objects == [JSONObject([("a", 1)]), JSONObject([("a", 2)])])
      #expect(result.failure == nil)
    }
  }

  @Test func onePersonAlone() throws {
    for text in [
      "{\n \"a\": 1\n}", "{\"success\":true,\"data\":{\"a\":1},\"error\":null}", "{\"a\":1}",
    ] {
      #expect(try readAll(text, name: "x.json").objects == [JSONObject([("a", 1)])])
    }
  }

  @Test(arguments: ["[]", "{\"success\":true,\"data\":{\"members\":[]},\"error\":null}"])
  func nobodyIsNoMistake(text: String) throws {
    let result = try readAll(text)
    #expect(result.records.isEmpty && result.failure == nil)
  }

  @Test func linesAreWhereRecordsStart() throws {
    let array = try readAll("[\n{\"a\":\n1},\r\n{\"a\":2}, {\"a\":3}\n]")
    #expect(array.records.map(\.line) == [2, 4, 4])
    let lines = try readAll("{\"a\":1}\n\n{\"a\":2}\n")
    #expect(lines.records.map(\.line) == [1, 3])
  }

  @Test func recordsThatAreNoObjectsAreRowErrors() throws {
    let array = try readAll("[{\"a\":1},\n7,\n[1],{\"a\":1,\"a\":2},\n{\"b\":\"\\ud800\"},\n{\"a\":3}]")
    #expect(
      array.problems == [
        "2: a record must be an object, not a number", "3: a record must be an object, not an array",
        "3: column 12: the key \"a\" stands twice in one object",
        "4: column 7: a surrogate without its other half",
      ])
    #expect(array.failure == nil)
    #expect(
      array.records[4].content
        == .failure(
          reason: "column 7: a surrogate without its other half", cells: ["{\"b\":\"\\ud800\"}"]))
    let lines = try readAll("{\"a\":1}\nnull\n{\"a\":\n{\"a\":\"\\u0000\"}\n{\"a\":2}\n")
    #expect(lines.records.count == 5)
    #expect(
      lines.problems == [
        "2: a record must be an object, not null", "3: column 6: a value was expected, but the text ends",
        "4: column 7: NUL is not allowed",
      ])
  }

  private static let broken: [(String, Int, String)] = [
    ("[{\"a\":1}", 1, "column 9: \",\" or \"]\" was expected, but the file ends"),
    ("[{\"a\":1},\n", 2, "column 1: \"]\" was expected, but the file ends"),
    ("[{\"a\":1} {\"a\":2}]", 1, "column 10: \",\" or \"]\" was expected"),
    ("[{\"a\":1},]", 1, "column 10: an element was expected after \",\""),
    ("[,{\"a\":1}]", 1, "column 2: a value was expected"),
    ("[{\"a\":1}]\nx", 2, "column 1: nothing was expected after the end of the value"),
    (
      "{\"success\":true,\"data\":{\"members\":[{\"a\":1}]}", 1,
      "column 45: \",\" or \"}\" was expected, but the file ends"
    ),
    ("{\"success\":false,\"data\":null}", 1, "column 29: no \"data\" with \"members\" was found"),
    ("{\"data\":{\"members\":[]},\"metadata\":tru}", 1, "column 35: a value was expected; is true meant?"),
  ]

  @Test(arguments: broken) func brokenFilesStopWithTheirPlace(text: String, line: Int, reason: String) throws
  {
    for size in [1, 3, 4096] {
      let result = try readAll(text, chunkSize: size)
      #expect(result.failure == .unreadable("people", line: line, reason))
    }
  }

  @Test func noMutationOfAFileCrashesAReader() throws {
    var generator = SeededGenerator(seed: 2)
    let samples =
      Self.documents + [
        "a,b\n\"1\n2\",\"\"\"x\"\n", "sep=;\na;b\n1;2\n",
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=A9;=\r\nb\r\n"
          + "item1.TEL;TYPE=\"cell,voice\":+1\r\n 2\r\nBDAY:--0412\r\nADR:;;a\\,b;c\r\nEND:VCARD\r\n",
      ]
    for round in 0..<3_000 {
      var bytes = Array(samples[round % samples.count].utf8)
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: bytes.indices, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.insert(bytes[Int.random(in: bytes.indices, using: &generator)], at: place)
        default: bytes.removeSubrange(place..<min(place + 3, bytes.count - 1))
        }
      }
      let encoding = TextEncoding.allCases.randomElement(using: &generator) ?? .auto
      let format = InputFormat.allCases.randomElement(using: &generator) ?? .auto
      let whole = Result { try readAll(bytes, format: format, encoding: encoding) }
      let pieces = Result { try readAll(bytes, format: format, encoding: encoding, chunkSize: 3) }
      switch (whole, pieces) {
      case (.success(let whole), .success(let pieces)):
        // Of several mistakes another may be met first.
        #expect((whole.failure == nil) == (pieces.failure == nil))
        if whole.failure == nil { #expect(whole == pieces) }
      case (.failure, .failure): break
      case (.success(let whole), .failure), (.failure, .success(let whole)):
        #expect(whole.failure != nil, "one threw at once, the other read on")
      }
    }
  }
}
