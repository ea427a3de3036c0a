import CareSphereKit
import Testing

@testable import CareSphereCLI

/// Who may do what, as the contract has it, against what the commands declare.
@Suite struct AccessTests {
  /// What the contract leaves open to people without a login.
  static let open: Set = ["init", "status", "check", "completion", "user login", "restore"]
  /// What the contract reserves to admins.
  static let admin: Set = [
    "backup", "audit", "demo", "member delete", "group delete", "template delete", "rule delete",
    "message unsuppress", "user add", "user list", "user show", "user delete", "user token", "user tokens",
    "user revoke",
  ]
  /// What only reads, or concerns nobody but whoever is logged in.
  static let everybody: Set = [
    "member list", "member search", "member show", "member export", "member notes", "member activities",
    "member duplicates", "group list", "group show", "group members", "template list", "template show",
    "template check", "template render", "message list", "message show", "message recipients",
    "message preview", "message analytics", "message suppressions", "message inbox", "rule list",
    "rule show", "rule logs", "analytics dashboard", "analytics members", "analytics messages",
    "analytics engagement", "analytics report", "user logout", "user refresh", "user whoami",
    "user update", "user passwd", "user verify", "user inbox",
  ]

  static let commands: [(path: String, access: Access)] = CommandTree.nouns.flatMap { noun in
    noun.verbs.map { (noun.name.isEmpty ? $0.spec.name : "\(noun.name) \($0.spec.name)", $0.access) }
  }

  static func expected(_ path: String) -> Access {
    if open.contains(path) { return .anyone }
    if admin.contains(path) { return .atLeast(.admin) }
    return .atLeast(everybody.contains(path) ? .member : .moderator)
  }

  @Test(arguments: commands.map(\.path))
  func everyCommandIsForWhomTheContractSays(path: String) throws {
    let command = try #require(CommandTree.command(path.split(separator: " ").map(String.init)))
    #expect(command.access == Self.expected(path))
  }

  @Test func everyCommandsHelpSaysWhoMayRunIt() {
    for command in CommandTree.nouns.flatMap(\.verbs) {
      #expect(command.spec.discussion.hasSuffix(command.access.sentence), "\(command.spec.name)")
    }
  }

  @Test func aRoleIncludesTheLowerOnes() {
    for role in Role.allCases {
      #expect(Access.anyone.allows(role))
      for least in Role.allCases { #expect(Access.atLeast(least).allows(role) == (role >= least)) }
    }
    #expect(Role.member < .moderator && Role.moderator < .admin)
  }
}
