import TestSupport
import Testing

@testable import CareSphereKit

@Suite struct ReadersDelimitedTests {
  private static let tables: [(String, [[String]])] = [
    ("a,b\n1,2\n", [["1", "2"]]),
    ("a,b\r\n1,2\r\n", [["1", "2"]]),
    ("a,b\r1,2\r", [["1", "2"]]),
    ("a,b\n1,2", [["1", "2"]]),
    ("a,b\n1,", [["1", ""]]),
    ("a,b\n,\n", [["", ""]]),
    ("a,b\n\"1\",\"2\"\n", [["1", "2"]]),
    ("a,b\n\"x \"\"y\"\" z\",\"\"\"\"\n", [["x \"y\" z", "\""]]),
    ("a,b\n\"1\n2\",\"3\r\n4\"\n", [["1\n2", "3\r\n4"]]),
    ("a,b\n\"1,2\",;\n", [["1,2", ";"]]),
    ("a,b\n,\"\"\n", [["", ""]]),
    ("a,b\n5\" pipe,say \"hi\"\n", [["5\" pipe", "say \"hi\""]]),
    ("a,b\n 1 , 2 \n", [[" 1 ", " 2 "]]),
    ("a;b\n1,5;2\n", [["1,5", "2"]]),
    ("a\tb\n1\t2\n", [["1", "2"]]),
    ("a|b\n1|2\n", [["1", "2"]]),
    ("\"a;b\",c,d\n1,2,3\n", [["1", "2", "3"]]),
    ("\"a\nb\";c\n1;2\n", [["1", "2"]]),
    ("\"a\"\"b,c\";d;e\n1;2;3\n", [["1", "2", "3"]]),
    ("email\nana@example.org\n", [["ana@example.org"]]),
    ("sep=;\na;b\n1;2\n", [["1", "2"]]),
    ("sep=:\na:b\n1:2\n", [["1", "2"]]),
    ("SEP=,\r\na,b\r\n1;1,2\r\n", [["1;1", "2"]]),
    ("\n\na,b\n\n1,2\n\n\n3,4\n\n", [["1", "2"], ["3", "4"]]),
    ("a,b\n", []), ("a,b", []), ("a,b\n\n", []),
    ("a\n\"\"\n", [[""]]),
    ("a,b\né,😀\n", [["é", "😀"]]),
  ]

  @Test(arguments: tables) func rowsAndCells(text: String, expected: [[String]]) throws {
    let result = try readAll(text)
    #expect(result.cells == expected)
    #expect(result.failure == nil)
  }

  @Test(arguments: tables) func theSameInChunksOfAnySize(text: String, expected: [[String]]) throws {
    let whole = try readAll(text)
    for size in 1...7 {
      #expect(try readAll(text, chunkSize: size) == whole)
    }
  }

  @Test func linesArePhysicalLines() throws {
    let text = "a,b\r\n1,\"x\r\ny\nz\"\r\n\r\n2,3\r\n\"\r\r\",4\r\n5,6"
    for size in [1, 2, 3, 4096] {
      let result = try readAll(text, chunkSize: size)
      #expect(result.records.map(\.line) == [2, 6, 7, 10])
      #expect(result.headings == Headings(line: 1, names: ["a", "b"]))
    }
  }

  @Test func raggedRowsAreRowErrorsThatKeepTheirCells() throws {
    let result = try readAll("a,b,c\n1,2\n1,2,3\n1,2,3,4\nx\n")
    #expect(
      result.problems == [
        "2: the row has 2 cells, the header has 3", "4: the row has 4 cells, the header has 3",
        "5: the row has 1 cell, the header has 3",
      ])
    #expect(
      result.records.first?.content
        == .failure(
          reason: "the row has 2 cells, the header has 3", cells: ["1", "2"]))
  }

  @Test func textAfterAClosingQuoteIsARowErrorAndTheNextLineIsReadAgain() throws {
    let result = try readAll("a,b\n1,\"é\"x,2\n3,4\n\"m\nn\" ,5\n6,7\n")
    #expect(result.problems.count == 2)
    #expect(result.problems.first?.hasPrefix("2: text after a closing quote at line 2, column 6;") == true)
    #expect(result.problems.last?.hasPrefix("4: text after a closing quote at line 5, column 3;") == true)
    #expect(result.cells.filter { !$0.isEmpty } == [["3", "4"], ["6", "7"]])
    #expect(result.records.map(\.line) == [2, 3, 4, 6])
  }

  @Test func anUnclosedQuoteIsNamedWhereItOpensAfterTheRowsBeforeIt() throws {
    let text = "a,b\n1,2\n\"x\ny\",\"z\n3,4\n"
    for size in [1, 3, 4096] {
      let result = try readAll(text, chunkSize: size)
      #expect(result.cells == [["1", "2"]])
      #expect(result.failure?.code == .validation)
      #expect(
        result.failure?.details
          == .lines([
            .init(line: 3, field: nil, message: "the quote that opens at line 4, column 4 is never closed")
          ]))
    }
    #expect(throws: CareError.self) { try readAll("\"a,b\n1,2\n") }
  }

  @Test(arguments: ["", "\u{FEFF}", "\n\r\n\n"]) func anEmptyFileIsAnError(text: String) {
    for format in InputFormat.allCases {
      var failure: CareError?
      do throws(CareError) { failure = try readAll(text, format: format).failure } catch { failure = error }
      #expect(failure?.code == .validation, "\(format)")
      #expect(failure?.message == "people is empty", "\(format)")
    }
  }

  @Test func tenThousandColumns() throws {
    let names = (0..<10_000).map { "c\($0)" }
    let values = (0..<10_000).map { "\($0)" }
    let result = try readAll(names.joined(separator: ",") + "\n" + values.joined(separator: ",") + "\n")
    #expect(result.headings?.names == names)
    #expect(result.cells == [values])
  }

  @Test func aLineWithoutEndStopsTheReading() throws {
    var remaining = 1 << 30
    let source = ByteSource(name: "huge") { buffer in
      let count = min(buffer.count, remaining)
      buffer.prefix(count).withMemoryRebound(to: UInt8.self) { $0.update(repeating: UInt8(ascii: "x")) }
      remaining -= count
      return count
    }
    #expect(
      throws: CareError.unreadable(
        "huge", line: 1, "the record that starts here is larger than 16 MiB",
        hint: "is a quote missing, or is this another kind of file?")
    ) { try RecordReaders.open(source, format: .csv, encoding: .auto) }
    #expect(remaining > 1 << 29)
  }

  @Test(arguments: [
    ("a\tb\n", InputFormat.auto, "people", InputFormat.tsv), ("a,b\n", .auto, "people", .csv),
    ("a\tb\n", .csv, "people", .csv), ("a,b\n", .tsv, "people", .tsv), ("a\tb\n", .auto, "x.csv", .csv),
    ("a,b\n", .auto, "x/people.TSV", .tsv), ("{\"a\":1}\n{\"a\":2}\n", .auto, "-", .jsonl),
    ("[]", .auto, "-", .json), ("{\"success\":true,\"data\":{\"members\":[]}}", .auto, "-", .json),
    ("{\n\"a\":1}\n", .auto, "-", .json), ("{\"a\":1}\n{\"a\":2}\n", .auto, "x.json", .jsonl),
    ("\n[]", .auto, "-", .json), ("BEGIN:VCARD\nEND:VCARD\n", .auto, "-", .vcard), ("a\n", .auto, "x.", .csv),
    ("begin:vcard\nend:vcard\n", .auto, "-", .vcard), ("", .auto, "x.vcf", .vcard),
    ("{}", .auto, ".json", .jsonl),
  ])
  func whatAFileIs(text: String, asked: InputFormat, name: String, expected: InputFormat) throws {
    #expect(try readAll(text, name: name, format: asked).format == expected)
  }

  @Test func whateverIsWrittenIsReadAsItWas() throws {
    var generator = SeededGenerator(seed: 4180)
    for delimiter in [",", ";", "\t", "|"] {
      for _ in 0..<100 {
        let width = Int.random(in: 2...5, using: &generator)
        let rows = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
          (0..<width).map { _ in generator.text(length: 12) }
        }
        let header = (0..<width).map { "h\($0)" }.joined(separator: delimiter)
        let lineEnd = ["\n", "\r\n", "\r"].randomElement(using: &generator) ?? "\n"
        let lines = rows.map { row in row.map(quoted).joined(separator: delimiter) }
        let text = ([header] + lines).joined(separator: lineEnd) + lineEnd
        for size in [1, 2, 5, 4096] {
          let cells = try readAll(text, chunkSize: size).cells
          #expect(cells.map { $0.map { Array($0.utf8) } } == rows.map { $0.map { Array($0.utf8) } })
        }
      }
    }
  }

  private func quoted(_ cell: String) -> String {
    var result = ""
    for scalar in cell.unicodeScalars { result += scalar == "\"" ? "\"\"" : String(scalar) }
    return "\"\(result)\""
  }
}
