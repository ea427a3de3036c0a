import Testing
import TextFormats

@Suite struct UnicodeTests {
  @Test(arguments: [
    ("", ""), ("abc", "abc"), ("ABC[@`{", "abc[@`{"), ("Ægir", "ægir"), ("STRASSE", "strasse"),
    ("Straße", "strasse"), ("GROẞ", "gross"), ("ΣΊΣΥΦΟΣ", "σίσυφοσ"), ("σίσυφος", "σίσυφοσ"),
    ("İstanbul", "i\u{307}stanbul"), ("ılık", "ılık"), ("ILIK", "ilik"), ("\u{212A}elvin", "kelvin"),
    ("ﬁn", "fin"), ("ſ", "s"), ("ДМИТРИЙ", "дмитрий"), ("E\u{301}va", "éva"), ("日本", "日本"),
  ])
  func folding(text: String, expected: String) {
    #expect(Array(CaseFolding.fold(text).unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test func foldingIsTheSameForEveryCaseOfAScalarAndStableWhenDoneAgain() {
    for code in 0x80..<UInt32(0x1_F000) {
      guard let scalar = Unicode.Scalar(code), scalar.properties.changesWhenCaseMapped else { continue }
      let folded = CaseFolding.fold(String(scalar))
      #expect(CaseFolding.fold(folded) == folded, "U+\(String(code, radix: 16))")
      if scalar != "\u{131}" {
        let upper = scalar.properties.uppercaseMapping
        #expect(CaseFolding.fold(upper) == folded, "U+\(String(code, radix: 16))")
      }
    }
  }

  @Test(arguments: [
    ("plain", "plain"), ("e\u{301}", "\u{E9}"), ("\u{212B}", "\u{C5}"), ("A\u{30A}", "\u{C5}"),
    ("Привет", "Привет"), ("\u{1112}\u{1161}\u{11AB}", "\u{D55C}"), ("\u{FB01}", "\u{FB01}"),
    ("a\u{328}\u{301}", "\u{105}\u{301}"), ("a\u{301}\u{328}", "\u{105}\u{301}"),
    ("\u{958}", "\u{915}\u{93C}"), ("tail e\u{301}", "tail \u{E9}"), ("é e\u{301}", "é \u{E9}"),
  ])
  func composition(text: String, expected: String) {
    #expect(Array(Normalization.nfc(text).unicodeScalars) == Array(expected.unicodeScalars))
  }
}
