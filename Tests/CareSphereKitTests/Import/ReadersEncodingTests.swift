import Testing

@testable import CareSphereKit

@Suite struct ReadersEncodingTests {
  private static let text = "name,note\nZoë,plain\nJosé,“quoted” – 😀\n"

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 4096]) func byteOrderMarks(chunkSize: Int) throws {
    let expected = [["Zoë", "plain"], ["José", "“quoted” – 😀"]]
    let files: [([UInt8], TextEncoding)] = [
      (Array(Self.text.utf8), .utf8), ([0xEF, 0xBB, 0xBF] + Array(Self.text.utf8), .utf8),
      (utf16(Self.text, bigEndian: false), .utf16), (utf16(Self.text, bigEndian: true), .utf16),
    ]
    for (bytes, encoding) in files {
      let result = try readAll(bytes, chunkSize: chunkSize)
      #expect(result.headings?.names == ["name", "note"])
      #expect(result.cells == expected)
      #expect(result.encoding == encoding)
      #expect(try readAll(bytes, encoding: encoding, chunkSize: chunkSize) == result)
    }
    let ascii = try readAll("a\nb\n", chunkSize: chunkSize)
    #expect(ascii.encoding == .utf8)
  }

  @Test(arguments: [1, 2, 3, 4096]) func windows1252(chunkSize: Int) throws {
    let bytes = latin1("name\nplain\nJos\u{E9}\nO\u{92}Brien \u{96} \u{84}Spa\u{DF}\u{93}\u{9A}\n")
    let result = try readAll(bytes, chunkSize: chunkSize)
    #expect(result.cells == [["plain"], ["José"], ["O’Brien – „Spaß“š"]])
    #expect(result.encoding == .windows1252)
    let signs = latin1("a\n\u{80}\u{A9}\u{C3}\u{A9}\n")
    let told = try readAll(signs, encoding: .windows1252, chunkSize: chunkSize)
    #expect(told.cells == [["€©Ã©"]])
  }

  /// Bytes, encoding asked for, line and offset of the wrong byte, and a word of the message.
  private static let mistakes: [([UInt8], TextEncoding, Int, Int, String)] = [
    (latin1("a\nb\nc\u{E9}\n"), .utf8, 3, 5, "invalid UTF-8 (byte 0xE9)"),
    (latin1("a\r\nb\r\nc\u{FF}\r\n"), .utf8, 3, 7, "invalid UTF-8 (byte 0xFF)"),
    (latin1("a\rb\rc\u{C3}"), .utf8, 3, 5, "invalid UTF-8 (byte 0xC3)"),
    (latin1("a\n\u{ED}\u{A0}\u{80}\n"), .utf8, 2, 2, "invalid UTF-8 (byte 0xED)"),
    (latin1("a\n\u{C0}\u{AF}\n"), .utf8, 2, 2, "invalid UTF-8 (byte 0xC0)"),
    (Array("a\né\n".utf8) + latin1("\u{E9}x\n"), .auto, 3, 5, "invalid UTF-8 (byte 0xE9)"),
    (latin1("a\nx\u{E9}\nx\u{C3}\u{A9}\n"), .auto, 3, 6, "UTF-8 after bytes that are none"),
    (latin1("a\n\u{E9}\n\u{81}\n"), .auto, 3, 4, "byte 0x81 is no character of Windows-1252"),
    (latin1("a\n\u{A4}\n"), .auto, 2, 2, "neither UTF-8 nor a letter of Windows-1252"),
    (latin1("a\n\u{8D}\n"), .windows1252, 2, 2, "byte 0x8D is no character of Windows-1252"),
    (Array("a\nb\u{0}\n".utf8), .auto, 2, 3, "NUL"), (Array("a\nb\u{0}\n".utf8), .utf8, 2, 3, "NUL"),
    (Array("a\né\u{0}\n".utf8), .auto, 2, 4, "NUL"), (Array("a\nb\u{0}\n".utf8), .windows1252, 2, 3, "NUL"),
    (utf16("a\nb\u{0}", bigEndian: false), .auto, 2, 8, "NUL"),
    (utf16("a,b\n", bigEndian: false, mark: false), .auto, 1, 1, "looks like UTF-16"),
    (utf16("a,b\n", bigEndian: true, mark: false), .auto, 1, 0, "looks like UTF-16"),
    (utf16("a\nb", bigEndian: true) + [0xD8, 0x00, 0x00, 0x41], .auto, 2, 8, "invalid UTF-16"),
    (utf16("a\nb", bigEndian: true) + [0xDC, 0x00], .auto, 2, 8, "invalid UTF-16"),
    (utf16("a\nb", bigEndian: false) + [0x41], .auto, 2, 8, "invalid UTF-16"),
    (utf16("a\nb", bigEndian: false) + [0x3D, 0xD8], .auto, 2, 8, "invalid UTF-16"),
    (utf16("a\nb", bigEndian: false), .utf8, 1, 0, "invalid UTF-8 (byte 0xFF)"),
    (Array("\u{7F}ELF".utf8) + [2, 1, 1, 0, 0], .auto, 1, 7, "NUL"),
  ]

  @Test(arguments: mistakes.indices) func mistakesAreNamedWithLineAndOffset(index: Int) throws {
    let (bytes, encoding, line, offset, reason) = Self.mistakes[index]
    for size in [1, 2, 3, 5, 4096] {
      var failure: CareError?
      do throws(CareError) {
        failure = try readAll(bytes, encoding: encoding, chunkSize: size).failure
      } catch {
        failure = error
      }
      #expect(failure?.code == .validation)
      let told = "\(failure?.message ?? "none"); \(failure?.hint ?? "")"
      #expect(told.contains(reason))
      #expect(failure?.message.contains(" at byte offset \(offset)") == true, "\(failure?.message ?? "none")")
      guard case .lines(let problems)? = failure?.details else {
        Issue.record("no line")
        continue
      }
      #expect(problems.map(\.line) == [line])
    }
  }

  @Test func utf16WithoutAMarkIsReadWhenAskedFor() throws {
    for bigEndian in [true, false] {
      let bytes = utf16("a,b\n1,é\n", bigEndian: bigEndian, mark: false)
      #expect(try readAll(bytes, encoding: .utf16).cells == [["1", "é"]])
    }
  }

  @Test func filesThatAreNone() throws {
    for path in ["/nonexistent/people.csv", "/"] {
      let error = #expect(throws: CareError.self) { try RecordReaders.open(path: path) }
      #expect(error?.code == .io)
    }
  }
}
