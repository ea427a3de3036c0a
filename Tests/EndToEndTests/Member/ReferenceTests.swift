import TestSupport
import Testing

/// References, field names and expressions that lead nowhere.
@Suite struct ReferenceTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.initialize()
    try sandbox.importing(
      """
      externalId,firstName,lastName,email
      1,Ana,Souza,family@example.org
      2,Eva,Souza,family@example.org
      3,Ida,Berg,ida@example.org

      """)
  }

  @Test(arguments: [
    "019a0000-0000-7000-8000-000000000000", "nobody@example.org", "ext:99", "ffffffff", "zz",
  ])
  func whoIsNotThere(reference: String) throws {
    let one = [
      ["show", reference], ["update", reference, "--city", "Lagos"], ["delete", reference],
      ["note", reference, "text"], ["notes", reference], ["log", reference, "call"],
      ["activities", reference], ["tag", reference, "--tag", "x"],
      ["consent", reference, "--channel", "email", "--opt-out"],
    ]
    for arguments in one {
      try sandbox.expectRefused(["member"] + arguments, 6, "NOT_FOUND", saying: reference)
    }
  }

  @Test func groupsThatAreNotThere() throws {
    for arguments in [
      ["show", "None"], ["members", "None"], ["delete", "None"], ["update", "None", "--color", "red"],
    ] {
      try sandbox.expectRefused(["group"] + arguments, 6, "NOT_FOUND", saying: "None")
    }
  }

  @Test func severalCandidatesAreListed() throws {
    let reference = "family@example.org"
    for arguments in [
      ["show", reference], ["update", reference, "--city", "Lagos"], ["delete", reference],
    ] {
      try sandbox.expectRefused(["member"] + arguments, 7, "CONFLICT", saying: "Ana", "Eva")
    }
  }

  @Test func anUnknownFieldIsAnsweredWithTheList() throws {
    for arguments in [["list"], ["export"], ["show", "ida@example.org"]] {
      try sandbox.expectRefused(
        ["member"] + arguments + ["--fields", "firstName,colour"], 2, "USAGE_ERROR", saying: "colour",
        "lastName")
    }
  }

  @Test func anUnknownFieldOfAnExpressionIsAnsweredWithTheNearest() throws {
    try sandbox.expectRefused(
      ["member", "list", "--where", "status = active and lastNam = Berg"], 3, "VALIDATION_ERROR",
      saying: "lastNam", "lastName", "column 21")
  }

  @Test(arguments: ["status =", "age >=", "(status = active", "status = active)", "and", "status = \"act"])
  func expressionsThatEndTooSoon(expression: String) throws {
    try sandbox.expectRefused(
      ["member", "list", "--where", expression], 3, "VALIDATION_ERROR", saying: "column")
  }

  @Test func expressionsOfAnyDepthAreAnswered() throws {
    let open = String(repeating: "(", count: 10_000)
    let close = String(repeating: ")", count: 10_000)
    for expression in ["\(open)status = active\(close)", open, open + "not"] {
      try sandbox.expectRefused(["member", "list", "--where", expression], 3, "VALIDATION_ERROR")
    }
    // A row of `not` nests nothing: it may be answered, and then by the truth.
    let nots = String(repeating: "not ", count: 9_999)
    let outcome = try sandbox.run(
      "member", "list", "--where", "\(nots)status = active", "--format", "count")
    #expect(outcome.status == 3 || outcome.lines == ["0"], "\(outcome)")
  }

  @Test func aLongRowOfAlternativesIsNotDeep() throws {
    let expression = (0..<500).map { "city = c\($0)" }.joined(separator: " or ")
    let outcome = try sandbox.run("member", "list", "--where", expression, "--format", "count")
    #expect([0, 3].contains(outcome.status), "\(outcome)")
    #expect(outcome.signal == nil)
  }
}
