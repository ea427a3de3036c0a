import Testing
import TextFormats

@Suite struct VisibleTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("a\u{1B}[31mb", "a\\x1b[31mb"), ("\u{0}\u{7}\u{7F}", "\\x00\\x07\\x7f"),
    ("a\tb\r\nc", "a\\tb\\r\\nc"), ("\u{9B}31m", "\\u{9B}31m"), ("a\u{202E}b", "a\\u{202E}b"),
    ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"), ("zero\u{200B}width", "zero\\u{200B}width"),
    ("\u{FEFF}x", "\\u{FEFF}x"), ("soft\u{AD}hyphen", "soft\\u{AD}hyphen"), ("a\u{2028}b", "a\\u{2028}b"),
    ("a\u{200D}b", "a\\u{200D}b"), ("\u{3164}", "\\u{3164}"), ("\u{E0041}", "\\u{E0041}"), ("Zoë 李", "Zoë 李"),
    ("👩\u{200D}👧", "👩\u{200D}👧"), ("می\u{200C}خواهم", "می\u{200C}خواهم"), ("x\u{200C}", "x\\u{200C}"),
    ("\u{61C}", "\\u{61C}"), ("é\u{301}", "é\u{301}"), ("🏴\u{200D}\u{202E}", "🏴\\u{200D}\\u{202E}"),
  ])
  func spellsOutWhatIsNotSeen(_ text: String, _ expected: String) {
    #expect(VisibleText.of(text).unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test func theNewlineIsTheCallersChoice() {
    #expect(VisibleText.of("a\nb", newline: "⏎") == "a⏎b")
  }

  @Test func noControlCharacterIsLeft() {
    for value in UInt32(0)...0x2FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for visible in VisibleText.of("x\(scalar)").unicodeScalars {
        let category = visible.properties.generalCategory
        #expect(category != .control && category != .format, "\(value)")
      }
    }
  }
}
