import TestSupport
import Testing

/// A configuration as it is met on the command line.
@Suite struct ConfigurationTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.initialize()
  }

  @Test func aWrongOneEndsWithEveryPath() throws {
    let file = try sandbox.write(
      "wrong.json", "{ email: { smtp: { connections: 'hunter2', pasword: 'hunter2' } }, rulez: {}, }")
    for command in [["status"], ["member", "list"], ["user", "list"]] {
      let outcome = try sandbox.run(command + ["--config", file])
      outcome.failed(
        3, saying: "email.smtp.connections", "email.smtp.pasword", "did you mean rules?", file)
      #expect(outcome.stdout.isEmpty && !outcome.stderr.contains("hunter2"), "\(outcome)")
    }
    let outcome = try sandbox.run(["member", "list", "--json"], environment: ["CARESPHERE_CONFIG": file])
    outcome.failed(3)
    let error = try outcome.error()
    #expect(error["code"] as? String == "VALIDATION_ERROR")
    let details = try #require(error["details"] as? [String: String])
    #expect(details["email.smtp.connections"] == "must be a whole number, not a string")
    #expect(details.keys.sorted() == ["email.smtp.connections", "email.smtp.pasword", "rulez"])
  }

  @Test func aMistakeOfSyntaxHasItsLineAndColumn() throws {
    let file = try sandbox.write("wrong.json", "{\n  email: {\n    rate: hunter2,\n  },\n}\n")
    let outcome = try sandbox.run("status", "--config", file).failed(3, saying: "line 3", "column 11")
    #expect(!outcome.stderr.contains("hunter2"), "\(outcome)")
  }

  @Test func theNamedFileMustBeThere() throws {
    try sandbox.run("status", "--config", "none.json").failed(10, saying: "none.json")
    try sandbox.run(["user", "list"], environment: ["CARESPHERE_CONFIG": "none.json"]).failed(10)
  }

  @Test func theDefaultPlaceCountsAndStatusNamesIt() throws {
    let path = try sandbox.write(
      "home/.config/caresphere/config.json", "// ours\n{ organization: { timezone: 'Pacific/Kiritimati' } }")
    let data = try sandbox.run("status", "--json").succeeded().data()
    #expect((data["paths"] as? [String: Any])?["configuration"] as? String == path)
  }

  @Test func theZoneOfTheOrganizationSettlesADay() throws {
    try sandbox.run(
      "member", "add", "--first-name", "Ada", "--last-name", "Obi", "--date-of-birth", "2000-06-15"
    ).succeeded()
    let east = try sandbox.write("east.json", "{ organization: { timezone: 'Pacific/Kiritimati' } }")
    func count(_ arguments: String...) throws -> [String] {
      try sandbox.run(
        ["member", "list", "--age-min", "18", "--as-of", "2018-06-14T12:00:00Z", "--format", "count"]
          + arguments
      ).succeeded().lines
    }
    #expect(try count() == ["0"])
    #expect(try count("--config", east) == ["1"])
  }
}
