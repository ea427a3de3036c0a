import CommandLineKit
import Glibc
import TextFormats
import Testing

@Suite struct PagerTests {
  private func page(_ pager: String?, rows: Int, _ change: (inout OutputOptions) -> Void = { _ in }) throws
    -> String
  {
    signal(SIGPIPE, SIG_IGN)
    var environment = ["NO_COLOR": "1"]
    environment["PAGER"] = pager
    let test = try TestConsole(terminal: true, environment: environment)
    let output = test.output(nil) {
      $0.pager = true
      change(&$0)
    }
    try output.emit(list: "x", columns: [Column("n", .integer)]) { writer in
      for number in 0..<rows {
        try writer.beginRecord()
        try writer.integer(number)
        try writer.endRecord()
      }
    }
    return test.output.text
  }

  @Test func longTablesGoThroughIt() throws {
    let text = try page("sed s/^/>/", rows: 30)
    #expect(text.hasPrefix("> n\n> 0\n"))
    #expect(text.hasSuffix("\n>29\n"))
    #expect(try page("sed s/^/>/", rows: 5_000).hasSuffix("\n>4999\n"))
  }

  @Test func shortOnesDoNot() throws { #expect(try page("sed s/^/>/", rows: 3) == "n\n0\n1\n2\n") }

  @Test func quittingItIsASuccess() throws {
    #expect(try page("head -2", rows: 500_000) == "  n\n  0\n")
  }

  @Test(arguments: ["no-such-pager --x", "", "  ", "cat"])
  func withoutOneItIsWrittenPlainly(_ pager: String) throws {
    #expect(try page(pager, rows: 30).hasPrefix(" n\n 0\n"))
  }

  @Test func itIsLeftOutWhereAsked() throws {
    #expect(try page("sed s/^/>/", rows: 30) { $0.pager = false }.hasPrefix(" n\n"))
    #expect(try page("sed s/^/>/", rows: 30) { $0.format = .csv }.hasPrefix("n\n0\n"))
  }

  @Test func noShellReadsItsWords() throws {
    #expect(try page("sed s/^/$HOME;/", rows: 30).hasPrefix("$HOME; n\n"))
  }
}
