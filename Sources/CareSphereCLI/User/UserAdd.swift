import CareSphereKit
import CommandLineKit

/// `caresphere user add`.
enum UserAdd {
  static let command = Command(
    CommandSpec(
      name: "add",
      abstract: "Add a user",
      discussion: """
        The password is asked for twice in the terminal, or read from stdin with --password-stdin, or stands \
        in the request body. It has at least 8 characters with an upper and a lower case letter and a digit, \
        and is neither the name, the address nor a common one. The role is member unless --role says otherwise.
        """,
      arguments: [ArgumentSpec("EMAIL", "The e-mail address, which is the login name", arity: .optional)],
      options: [
        OptionSpec("full-name", "NAME", "The name"),
        OptionSpec("display-name", "NAME", "The name to call them by"),
        OptionSpec("avatar-url", "URL", "The address of a picture"),
        OptionSpec("role", "R", "What they may do", value: .choice(Role.allCases.map(\.rawValue))),
        NewPassword.option, RequestBody.option,
      ],
      examples: [
        .init(
          "caresphere user add eve@example.org --full-name \"Eve Obi\" --role moderator",
          "Asks for the password."),
        .init("caresphere user add --from-json user.json", "Takes everything from a request body."),
      ]),
    access: .atLeast(.admin), run: run)

  private static func run(_ context: Context) throws {
    try context.output.check(columns: UserOutput.columns)
    var input = try context.userInput()
    if let email = context.parsed.argument("EMAIL") {
      if input.email != nil {
        throw CareError(.usage, "the e-mail address is given twice: as EMAIL and in the request body")
      }
      input.email = email
    }
    if input.password == nil { input.password = try NewPassword.read(for: input, context) }
    let user = try context.userAdministration().add(input)
    context.console.step("added \(user.email)")
    try context.emitResult { try UserOutput.emit(user, context) }
  }
}
