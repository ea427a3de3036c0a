import Testing
import TextFormats

@Suite struct EditDistanceTests {
  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("imprt", "import", 1), ("ab", "ba", 1),
    ("ca", "abc", 3), ("a cat", "an abct", 4), ("größe", "grösse", 2),
  ])
  func isTheLeastNumberOfSlips(_ a: String, _ b: String, _ expected: Int) {
    #expect(EditDistance.between(a, b) == expected)
    #expect(EditDistance.between(b, a) == expected)
  }

  @Test func doesNotCompareNovels() {
    let long = String(repeating: "x", count: 1_000_000)
    #expect(EditDistance.between(long, "x") == nil)
    #expect(EditDistance.nearest(to: long, in: ["x"]) == nil)
  }

  @Test(arguments: [
    ("imprt", "import"), ("IMPORT", "import"), ("lsit", "list"), ("exp", "export"), ("zebra", nil), ("", nil),
    ("x", nil),
  ])
  func proposesOnlyWhatIsNear(_ word: String, _ expected: String?) {
    #expect(EditDistance.nearest(to: word, in: ["add", "list", "import", "export"]) == expected)
  }
}
