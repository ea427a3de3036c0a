import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere user logout`.
enum UserLogout {
  static let command = Command(
    CommandSpec(
      name: "logout",
      abstract: "End the login",
      discussion: "Its tokens stop being good at once. Service tokens are ended by `user revoke`.",
      options: [.flag("all", "End all your logins, on other machines too")],
      examples: [.init("caresphere user logout --all", "Ends every login of yours.")]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    let columns = [Column("message")]
    try context.output.check(columns: columns)
    let actor = try context.actor()
    guard case .session(let session) = actor.credential else {
      throw CareError(
        .conflict, "a service token is not a login", hint: "end it with `caresphere user revoke NAME`")
    }
    let all = context.parsed.has("all")
    try context.write { database in
      let sessions = SessionStore(database, ids: context.ids, now: context.now)
      if all { try sessions.endAll(of: actor.id) } else { try sessions.end(session) }
      try AuditLog(database, ids: context.ids, provenance: try context.provenance())
        .append(entity: "user", id: actor.id, after: all ? JSONObject([("all", true)]) : nil)
    }
    if !context.isDryRun, all || !context.parsed.has("token-file") { try context.sessionFile().remove() }
    let message = JSONObject([("message", "Logged out successfully")])
    try context.emitResult { try context.output.emit(record: message, columns: columns) }
  }
}
