import TestSupport
import Testing
import TextFormats

@Suite struct FormulaGuardTests {
  @Test(arguments: [
    "=1+1", "=HYPERLINK(\"http://x\")", "@SUM(A1)", "\t=1", "\r", "\t", "+", "-", "-1+1|cmd", "+1+1",
    "+12+345", "-abc", "--05-15", "+e5", "-.", "+1e", "-1-2", "'=x", "''=x", "'''@", "'-x", "'\t",
    "+1 555 123 x5", "- 5", "+\u{200B}123456",
  ])
  func guards(_ cell: String) {
    #expect(FormulaGuard.isNeeded(cell))
    #expect(FormulaGuard.guarded(cell) == "'" + cell)
    #expect(FormulaGuard.unguarded("'" + cell) == cell)
  }

  @Test(arguments: [
    "", "'", "''", "a", "a=1", " =1", "'a", "'tis", "O'Brien", "-5", "+5", "-1.5", "+.5", "-1e5", "-1.5E+10",
    "+2348012345678", "+44 20 7946 0958", "+1 (555) 123-4567", "+49/30/1234", "+33\u{A0}1\u{A0}23\u{A0}45",
    "'-5", "'+2348012345678", "{\"a\":1}", "\n=1", "é=", "0801", "'0801", "12", "+12",
  ])
  func leavesAlone(_ cell: String) {
    #expect(!FormulaGuard.isNeeded(cell))
    #expect(FormulaGuard.guarded(cell) == cell)
    #expect(FormulaGuard.unguarded(cell) == cell)
  }

  @Test func aQuoteBeforeHarmlessTextStays() {
    #expect(FormulaGuard.unguarded("'hello") == "'hello")
    #expect(FormulaGuard.unguarded("'+2348012345678") == "'+2348012345678")
  }

  /// Taking off is the exact inverse of putting on, whatever the cell; and nothing but a guarded cell is
  /// ever dangerous to a spreadsheet.
  @Test func guardingAndUnguardingAreInverse() {
    var generator = SeededGenerator(seed: 7)
    let alphabet = Array("'''==@+-\t\r\n 01239.eE()/;a\u{A0}é|\u{301}".unicodeScalars)
    for _ in 0..<50_000 {
      let length = Int.random(in: 0...9, using: &generator)
      var text = ""
      for _ in 0..<length {
        text.unicodeScalars.append(alphabet.randomElement(using: &generator) ?? "'")
      }
      let written = FormulaGuard.guarded(text)
      #expect(Array(FormulaGuard.unguarded(written).utf8) == Array(text.utf8))
      if let first = written.utf8.first {
        #expect(![UInt8(ascii: "="), UInt8(ascii: "@"), 0x09, 0x0D].contains(first))
      }
    }
  }
}
