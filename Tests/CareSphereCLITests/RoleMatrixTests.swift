import CareSphereKit
import CommandLineKit
import TestSupport
import Testing

@testable import CareSphereCLI

/// Runs every command as every role, and as nobody, in the built program: it answers or it is forbidden
/// just as its declaration says.
@Suite struct RoleMatrixTests {
  @Test func everyCommandAsEveryRole() throws {
    let sandbox = try Sandbox()
    try sandbox.initialize()
    var files: [Role: String] = [:]
    for role in Role.allCases {
      let token = try sandbox.run(
        "user", "token", role.rawValue, "--role", role.rawValue, "--expires-in", "1d", "--fields", "token")
      let file = try sandbox.write("\(role).token", try token.succeeded().stdout)
      try sandbox.execute(["chmod", "600", file])
      files[role] = file
    }
    try sandbox.run("user", "logout").succeeded()
    for noun in CommandTree.nouns {
      for verb in noun.verbs {
        let words = (noun.name.isEmpty ? [] : [noun.name]) + Self.commandLine(verb.spec)
        try check(words + ["--dry-run", "--no-input"], verb.access, sandbox, files)
      }
    }
  }

  private func check(
    _ words: [String], _ access: Access, _ sandbox: Sandbox, _ files: [Role: String]
  ) throws {
    let anonymous = try sandbox.run(words)
    #expect((anonymous.status == 4) == (access != .anyone), "\(anonymous)")
    for role in Role.allCases {
      let outcome = try sandbox.run(words, environment: ["CARESPHERE_TOKEN_FILE": try #require(files[role])])
      #expect((outcome.status == 5) == !access.allows(role), "\(role): \(outcome)")
      #expect(outcome.status != 4 && outcome.status != 1, "\(role): \(outcome)")
    }
  }

  /// A command line that the parser takes, of things that are not there.
  private static func commandLine(_ spec: CommandSpec) -> [String] {
    var words = [spec.name]
    for option in spec.options where option.isRequired { words += ["--\(option.name)", value(option.value)] }
    for argument in spec.arguments where argument.arity == .one || argument.arity == .oneOrMore {
      // Of users there is one, since what others may be told of depends on who asks.
      words.append(
        argument.name == "USER" || spec.name == "verify" ? "admin@grace.example" : value(argument.value))
    }
    return words
  }

  private static func value(_ kind: ValueKind) -> String {
    switch kind {
    case .integer(let range): String(range.lowerBound)
    case .choice(let words), .choices(let words): words.first ?? ""
    default: "nobody@grace.example"
    }
  }
}
