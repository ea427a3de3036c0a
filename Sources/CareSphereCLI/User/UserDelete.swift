import CareSphereKit
import CommandLineKit

/// `caresphere user delete`.
enum UserDelete {
  static let command = Command(
    CommandSpec(
      name: "delete",
      abstract: "Delete a user",
      discussion: """
        The user's logins and service tokens end at once. What they added and wrote stays. The last active \
        admin cannot be deleted, nor one whom a rule is to notify; with --force that rule is disabled.
        """,
      arguments: [.user],
      options: [.forceRules],
      examples: [.init("caresphere user delete eve@example.org", "Deletes the user and prints who it was.")]),
    access: .atLeast(.admin), run: run)

  private static func run(_ context: Context) throws {
    try context.output.check(columns: UserOutput.columns)
    let user = try context.userAdministration().delete(context.parsed.argument("USER") ?? "") {
      try context.release(.user($0))
    }
    context.console.step("deleted \(user.email)")
    try context.emitResult { try UserOutput.emit(user, context) }
  }
}
