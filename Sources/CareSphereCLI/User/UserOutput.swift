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
    var columns: [Column] = []
    if user != nil {
      columns = ["id", "email", "fullName", "role"].map {
        Column($0, $0 == "id" ? .id : .text, path: ["user", $0])
      }
    }
    columns.append(Column("expiresIn", .integer))
    if context.parsed.has("fields") { columns += [Column("accessToken"), Column("refreshToken")] }
    try context.output.emit(record: record, columns: columns)
  }
}
