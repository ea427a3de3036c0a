import CareSphereKit
import CommandLineKit

/// `caresphere user login`.
enum UserLogin {
  static let command = Command(
    CommandSpec(
      name: "login",
      abstract: "Log in to the database",
      discussion: """
        Asks for the password, or reads it from stdin with --password-stdin. The login lasts for 7 days. With \
        --json the tokens are printed too; they are kept in the session file in any case. After 5 wrong \
        passwords an account waits, from a second to a quarter of an hour.
        """,
      arguments: [ArgumentSpec("EMAIL", "The e-mail address")],
      options: [NewPassword.option],
      examples: [
        .init("caresphere user login ada@example.org", "Asks for the password."),
        .init(
          "caresphere user login ada@example.org --password-stdin --json < password.txt",
          "Prints the tokens for another program."),
      ]),
    access: .anyone, run: run)

  private static func run(_ context: Context) throws {
    try UserOutput.check(context, hasUser: true)
    let database = try context.database()
    let password = try NewPassword.current(context)
    let (user, tokens) = try Login(database, ids: context.ids, now: .now()).open(
      email: context.parsed.argument("EMAIL") ?? "", password: password, commits: !context.isDryRun)
    if !context.isDryRun { try context.sessionFile().write(tokens.stored()) }
    context.console.step("logged in as \(user.email)")
    try context.emitResult { try UserOutput.emit(tokens, of: user, context) }
  }
}
