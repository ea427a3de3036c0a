import CareSphereKit
import CommandLineKit

/// `caresphere user update`.
enum UserUpdate {
  static let command = Command(
    CommandSpec(
      name: "update",
      abstract: "Change a user",
      discussion: """
        Everybody may change their own names and picture; the rest takes an admin. Who becomes inactive or \
        suspended is logged out at once, and with the suspended their service tokens end. The last active \
        admin stays one. An empty value takes a display name or picture away.
        """,
      arguments: [.user],
      options: [
        OptionSpec("email", "EMAIL", "The e-mail address, which is the login name"),
        OptionSpec("full-name", "NAME", "The name"),
        OptionSpec("display-name", "NAME", "The name to call them by"),
        OptionSpec("avatar-url", "URL", "The address of a picture"),
        OptionSpec("role", "R", "What they may do", value: .choice(Role.allCases.map(\.rawValue))),
        OptionSpec(
          "status", "S", "Whether they may log in", value: .choice(UserStatus.allCases.map(\.rawValue))),
        RequestBody.option,
      ],
      examples: [
        .init("caresphere user update eve@example.org --role admin", "Makes somebody an admin."),
        .init("caresphere user update eve@example.org --status suspended", "Puts somebody out at once."),
      ]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    try context.output.check(columns: UserOutput.columns)
    let input = try context.userInput()
    guard input != UserInput() else {
      throw UsageError(
        "there is nothing to change", hint: "name what, for example --role", path: context.parsed.path)
    }
    let user = try context.userAdministration().update(context.parsed.argument("USER") ?? "", input)
    try context.emitResult { try UserOutput.emit(user, context) }
  }
}
