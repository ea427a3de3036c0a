import CareSphereKit
import CommandLineKit

/// `caresphere user passwd`.
enum UserPasswd {
  static let command = Command(
    CommandSpec(
      name: "passwd",
      abstract: "Set a password",
      discussion: """
        For oneself the current password is asked for first, then the new one twice; with --password-stdin \
        they are two lines on stdin. An admin sets another user's with the new one alone. All logins of the \
        user end, this one too; service tokens go on.
        """,
      arguments: [
        ArgumentSpec(
          "USER", "Whose password, by e-mail address or id; one's own by default", arity: .optional)
      ],
      options: [NewPassword.option],
      examples: [
        .init("caresphere user passwd", "Changes your own."),
        .init("caresphere user passwd eve@example.org", "Gives somebody a new one, as an admin."),
      ]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    try context.output.check(columns: UserOutput.columns)
    let administration = try context.userAdministration()
    let reference = context.parsed.argument("USER")
    let isOwn = try reference.map { try administration.isOwn($0) } ?? true
    let current = isOwn ? try NewPassword.current(context, label: "Current password") : ""
    let new = try NewPassword.read(
      context, label: "New password",
      missing: isOwn
        ? "stdin has the current password alone: the second line, the new password, is missing"
        : SecretInput.empty)
    let user = try administration.setPassword(of: reference, current: current, new: new)
    context.console.step("set the password of \(user.email); all logins of the user have ended")
    try context.emitResult { try UserOutput.emit(user, context) }
  }
}
