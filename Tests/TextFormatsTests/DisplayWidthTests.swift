import Testing
import TextFormats

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("李小龙", 6), ("ｆｕｌｌ", 8), ("ﾊﾝｶｸ", 4), ("한국", 4),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("😀", 2), ("👩‍👩‍👧‍👦", 2), ("👍🏽", 2), ("🇳🇬", 2), ("❤️", 2), ("❤", 1), ("☎︎", 1),
    ("1️⃣", 2),
    ("नमस्ते", 4), ("ไทย", 3), ("\u{200B}", 0), ("…", 1), ("€", 1), ("א", 1), ("𠀀", 2), ("ü", 1), ("⌚", 2),
  ])
  func countsColumns(_ text: String, _ expected: Int) {
    #expect(DisplayWidth.of(text) == expected)
  }

  @Test(arguments: [
    ("hello", 5, "hello"), ("hello", 4, "hel…"), ("hello", 1, "…"), ("hello", 0, ""), ("hello", -3, ""),
    ("李小龙", 5, "李小…"), ("李小龙", 4, "李…"), ("李小龙", 6, "李小龙"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
    ("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3, "👩‍👩‍👧‍👦…"),
  ])
  func cutsBetweenCharacters(_ text: String, _ columns: Int, _ expected: String) {
    #expect(DisplayWidth.cut(text, to: columns, ellipsis: "…") == expected)
    #expect(DisplayWidth.of(DisplayWidth.cut(text, to: columns, ellipsis: "...")) <= max(0, columns))
  }
}
