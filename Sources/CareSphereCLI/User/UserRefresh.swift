import CareSphereKit
import CommandLineKit

/// `caresphere user refresh`.
enum UserRefresh {
  static let command = Command(
    CommandSpec(
      name: "refresh",
      abstract: "Renew the tokens of the login",
      discussion: """
        Commands do this by themselves when the access token has ended. The refresh token is spent and a new \
        one takes its place; the 7 days still count from the login. A refresh token that is used twice ends \
        the login and all its tokens, for somebody must have a copy of it.
        """,
      examples: [.init("caresphere user refresh --json", "Prints the new tokens.")]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    try UserOutput.check(context, hasUser: false)
    guard !context.parsed.has("token-file") else {
      throw CareError(
        .conflict, "a token from --token-file cannot be renewed",
        hint: "an admin can make a new one with: caresphere user token NAME --role R --expires-in 90d")
    }
    let authenticator = Authenticator(
      try context.database(), file: try context.sessionFile(), ids: context.ids, now: context.now)
    let tokens = try authenticator.refresh(commits: !context.isDryRun)
    try context.emitResult { try UserOutput.emit(tokens, of: nil, context) }
  }
}
