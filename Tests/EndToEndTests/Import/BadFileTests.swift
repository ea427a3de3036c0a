import Foundation
import TestSupport
import Testing

/// Files that can't be imported: each is refused with its own reason, and nothing is written.
@Suite struct BadFileTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.initialize()
    try sandbox.importing("firstName,email\nAna,ana@example.org\n")
  }

  private func refused(
    _ bytes: [UInt8], _ flags: [String] = [], saying text: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try sandbox.write("people.csv", bytes: bytes)
    try sandbox.expectRefused(
      ["member", "import", "people.csv"] + flags, 3, "VALIDATION_ERROR", saying: text,
      sourceLocation: sourceLocation)
    // The same bytes through a pipe are the same mistake.
    try sandbox.expectRefused(
      ["member", "import", "-"] + flags, 3, "VALIDATION_ERROR", saying: text, stdin: bytes,
      sourceLocation: sourceLocation)
  }

  private func refused(
    _ text: String, _ flags: [String] = [], saying message: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try refused(Array(text.utf8), flags, saying: message, sourceLocation: sourceLocation)
  }

  @Test func aFileThatIsNotThere() throws {
    try sandbox.expectRefused(["member", "import", "none.csv"], 10, "IO_ERROR", saying: "none.csv")
  }

  @Test func aDirectory() throws {
    try sandbox.expectRefused(["member", "import", "home"], 10, "IO_ERROR", saying: "home", "directory")
  }

  @Test func anEmptyFile() throws { try refused("", saying: "empty") }

  @Test func aHeaderAloneIsNoMistake() throws {
    let report = try sandbox.importing("firstName,lastName\n")
    #expect(report["rows"] as? Int == 0)
    #expect(report["created"] as? Int == 0)
    #expect(try sandbox.memberCount() == 1)
  }

  @Test func aBinaryFile() throws {
    var generator = SeededGenerator(seed: 3)
    let bytes = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    try sandbox.write("people.csv", bytes: [0x7f, 0x45, 0x4c, 0x46] + bytes)
    try sandbox.expectRefused(["member", "import", "people.csv"], 3, "VALIDATION_ERROR")
  }

  @Test func aWorkbook() throws {
    try refused(
      [0x50, 0x4B, 0x03, 0x04, 0x14, 0, 6, 0] + [UInt8](repeating: 7, count: 100), saying: "as CSV")
    try refused([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], saying: "as CSV")
  }

  @Test func nulBytes() throws {
    try refused("firstName,lastName\nAna,So\u{0}uza\n", saying: "NUL")
  }

  @Test func invalidUTF8IsNamedWithItsLineAndByte() throws {
    let bytes = Array("firstName,lastName\nAna,Souza\nJo".utf8) + [0xe9, 0x2c] + Array("Silva\n".utf8)
    try refused(bytes, ["--encoding", "utf-8"], saying: "line 3")
    let outcome = try sandbox.run("member", "import", "people.csv", "--encoding", "utf-8")
    // The offset of the byte in the file, and its value where it is told.
    #expect(outcome.stderr.contains("31") || outcome.stderr.contains("32"), "\(outcome)")
  }

  @Test func tenThousandColumns() throws {
    let headings = (0..<10_000).map { "column\($0)" }.joined(separator: ",")
    let cells = [String](repeating: "x", count: 10_000).joined(separator: ",")
    try refused("\(headings)\n\(cells)\n", saying: "column0")
  }

  @Test func duplicateHeadings() throws {
    try refused("First Name,first_name,email\nAna,Eva,a@example.org\n", saying: "first_name")
  }

  @Test func anUnknownHeadingIsAnsweredWithTheNearestField() throws {
    try refused("firstNam,email\nAna,a@example.org\n", saying: "firstName")
  }

  @Test func raggedRowsAreAllListed() throws {
    let text = "firstName,lastName,email\nAna,Souza\nEva,Lima,eva@example.org\nIda,Berg,i@example.org,x\n"
    try sandbox.write("people.csv", text)
    let outcome = try sandbox.run("member", "import", "people.csv", "--format", "json")
    outcome.failed(3)
    let details = try #require(try outcome.error()["details"] as? [[String: Any]], "\(outcome)")
    #expect(details.compactMap { $0["line"] as? Int } == [2, 4])
    try refused(text, saying: "line")
  }

  @Test func aQuoteThatIsNeverClosedIsNamedWithItsLine() throws {
    try refused("firstName,lastName\nAna,Souza\nEva,\"Lima\nIda,Berg\n", saying: "3")
  }

  @Test func everyBadRowIsListed() throws {
    let rows = (0..<300).map { "Ana\($0),no e-mail \($0)" }.joined(separator: "\n")
    try sandbox.write("people.csv", "firstName,email\n\(rows)\n")
    let outcome = try sandbox.run("member", "import", "people.csv", "--format", "json")
    outcome.failed(3)
    let details = try #require(try outcome.error()["details"] as? [[String: Any]], "\(outcome)")
    #expect(details.compactMap { $0["line"] as? Int } == Array(2...301))
    #expect(details.allSatisfy { $0["field"] as? String == "email" })
    #expect(details.allSatisfy { ($0["message"] as? String)?.isEmpty == false })
    try refused("firstName,email\n\(rows)\n", saying: "email")
  }

  @Test func oneBadRowKeepsTheGoodOnesOut() throws {
    try refused("firstName,dateOfBirth\nAna,1990-01-01\nEva,1990-02-30\n", saying: "dateOfBirth")
  }

  @Test(arguments: [
    ("firstName", 100), ("lastName", 100), ("email", 255), ("phone", 20), ("zipCode", 20),
    ("membershipType", 50), ("city", 100), ("state", 100), ("country", 100), ("photoUrl", 500),
    ("externalId", 255),
  ])
  func rowsThatAreTooLong(field: String, limit: Int) throws {
    let text =
      switch field {
      case "email": String(repeating: "a", count: 60) + "@" + String(repeating: "b.", count: 95) + "example"
      case "phone": "+" + String(repeating: "1", count: limit)
      case "photoUrl": "https://example.org/" + String(repeating: "é", count: limit)
      default: String(repeating: "é", count: limit + 1)
      }
    let headings = field == "firstName" ? "firstName,notes" : "\(field),firstName"
    try refused("\(headings)\n\(text),Ana\n", saying: field)
  }

  @Test func whatIsJustShortEnoughGoesIn() throws {
    let name = String(repeating: "é", count: 100)
    #expect(try sandbox.importing("firstName,lastName\n\(name),\(name)\n")["created"] as? Int == 1)
  }

  @Test func aLineOfAGigabyteIsRefusedInLittleMemory() throws {
    let size = Effort.value("CARESPHERE_TEST_LINE_MIB", default: Effort.isRelease ? 1024 : 64)
    let outcome = try sandbox.shell(
      """
      ulimit -v 1000000
      { echo firstName; head -c \(size)M /dev/zero | tr '\\0' a; echo; } | caresphere member import -
      """)
    // Whoever writes to a program that has seen enough ends by SIGPIPE, which pipefail would report.
    #expect([3, 141].contains(outcome.status), "\(outcome)")
    #expect(outcome.errorLines.filter { $0.hasPrefix("caresphere: ") }.count == 1, "\(outcome)")
    #expect(outcome.output.isEmpty)
    #expect(try sandbox.memberCount() == 1)
  }

  @Test func badJSONIsNamedWithItsPlace() throws {
    try refused("[{\"firstName\": \"Ana\",}]", ["--input-format", "json"], saying: "line 1")
    try refused(
      "{\"firstName\": \"Ana\"}\n{\"firstName\": 7}\n", ["--input-format", "jsonl"], saying: "line 2")
    let deep = String(repeating: "[", count: 100_000)
    try refused(deep, ["--input-format", "json"], saying: "line 1")
  }
}
