import CareSphereKit
import CommandLineKit
import TextFormats

/// How users and tokens are shown.
enum UserOutput {
  /// The fields of a user, in the API design's names.
  static let columns = [
    Column("id", .id), Column("email"), Column("fullName"), Column("displayName", shownInTable: false),
    Column("avatarUrl", shownInTable: false), Column("role"), Column("status"),
    Column("emailVerified", .boolean, shownInTable: false), Column("lastLoginAt"),
    Column("createdAt", shownInTable: false), Column("updatedAt", shownInTable: false),
  ]

  /// Shows one user.
  static func emit(_ user: User, _ context: Context) throws {
    try context.output.emit(record: user.json, columns: columns)
  }

  /// Shows the tokens of a login: all of it as JSON, where a program wants it. Elsewhere they are shown
  /// only where `--fields` names them, for the session file keeps them and a terminal remembers.
  /// - Parameter user: whose login it is.
  static func emit(_ tokens: SessionTokens, of user: User?, _ context: Context) throws {
    var record = JSONObject()
    if let user { record["user"] = .object(user.json) }
    record["accessToken"] = .string(tokens.accessToken)
    record["refreshToken"] = .string(tokens.refreshToken)
    record["expiresIn"] = .integer(SessionStore.accessLifetime)
    try context.output.emit(record: record, columns: tokenColumns(context, hasUser: user != nil))
  }

  /// Checks the format and `--fields` of what shows tokens, before any are made.
  static func check(_ context: Context, hasUser: Bool) throws {
    try context.output.check(columns: tokenColumns(context, hasUser: hasUser))
  }

  private static func tokenColumns(_ context: Context, hasUser: Bool) -> [Column] {
    let user = ["id", "email", "fullName", "role"].map {
      Column($0, $0 == "id" ? .id : .text, path: ["user", $0])
    }
    let tokens = [Column("accessToken"), Column("refreshToken")]
    return (hasUser ? user : []) + [Column("expiresIn", .integer)]
      + (context.parsed.has("fields") ? tokens : [])
  }
}
