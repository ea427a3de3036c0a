import SQLiteStore
import TextFormats

/// Finds out who is at work, from a token file or the session file.
///
/// An access token that has ended is renewed without a word while its session lives. Commands that run
/// at the same time and find the same ended token take turns by the database's write lock; whoever
/// comes second reads the session file again and finds what the first one left there.
public struct Authenticator {
  private let database: Database
  private let sessions: SessionStore
  private let file: SessionFile
  private let ids: UUIDv7Generator
  private let now: Timestamp

  /// - Parameters:
  ///   - file: of this database.
  ///   - ids: for the tokens that a renewal makes.
  ///   - now: the real time.
  public init(_ database: Database, file: SessionFile, ids: UUIDv7Generator, now: Timestamp) {
    self.database = database
    self.sessions = SessionStore(database, ids: ids, now: now)
    self.file = file
    self.ids = ids
    self.now = now
  }

  /// Who is at work.
  /// - Parameter tokenFile: a file with a service or an access token; without one the session file counts.
  /// - Throws: `UNAUTHORIZED` where nobody is logged in, or a token or its file is refused; `FORBIDDEN`
  ///   where the user is not active any more; `IO_ERROR` where a file cannot be read.
  public func actor(tokenFile: String? = nil) throws -> Actor {
    if let tokenFile { return try actor(of: Self.token(in: tokenFile)) }
    guard let session = try file.read() else {
      throw CareError(
        .unauthorized, "you are not logged in", hint: "log in with `caresphere user login EMAIL`")
    }
    if session.accessExpiresAt > now.secondsSinceEpoch,
      let actor = try known(session.accessToken)
    {
      return actor
    }
    return try renewed(session)
  }

  /// Who a service or access token stands for.
  private func actor(of token: String) throws -> Actor {
    token.hasPrefix(ServiceTokenStore.prefix)
      ? try ServiceTokenStore(database, now: now).actor(token: token)
      : try sessions.actor(accessToken: token)
  }

  /// The actor of an access token; nil where a renewal could help.
  private func known(_ accessToken: String) throws -> Actor? {
    do {
      return try sessions.actor(accessToken: accessToken)
    } catch let error as CareError where error.code == .unauthorized {
      return nil
    }
  }

  private func renewed(_ session: StoredSession) throws -> Actor {
    // Asked without the lock first: a session that is over should not have to wait to hear so.
    guard try sessions.knows(session.refreshToken) || previousIsGood(session) else {
      throw SessionStore.ended()
    }
    enum Outcome { case actor(Actor), ended }
    let outcome: Outcome = try database.write {
      guard let session = try file.read() else { return .ended }
      if let actor = try known(session.accessToken) { return .actor(actor) }
      guard let tokens = try renewFile(session) else { return .ended }
      return .actor(try sessions.actor(accessToken: tokens.accessToken))
    }
    guard case .actor(let actor) = outcome else { throw SessionStore.ended() }
    return actor
  }

  /// Renews the session without waiting for its access token to end.
  /// - Parameter commits: false for a dry run, which leaves the session as it is.
  /// - Returns: the new tokens, which are in the session file too.
  /// - Throws: `UNAUTHORIZED` where the session is over, or ends here because its token was used twice.
  public func refresh(commits: Bool = true) throws -> SessionTokens {
    let tokens = try database.write(commit: commits) {
      try file.read().flatMap { try renewFile($0, writes: commits) }
    }
    guard let tokens else { throw SessionStore.ended() }
    return tokens
  }

  /// Spends the session's refresh token and writes what came of it to the session file. Call it within
  /// a write transaction, and commit that whatever it returns.
  ///
  /// The file is written before the commit: were it the other way round, a process killed in between
  /// would leave a spent token in the file, and its next use would end the session.
  /// - Returns: the new tokens; nil where the session is over.
  func renewFile(_ session: StoredSession, writes: Bool = true) throws -> SessionTokens? {
    var spent = session.refreshToken
    if try !sessions.knows(spent), let previous = session.previousRefreshToken { spent = previous }
    switch try sessions.renew(spent) {
    case .renewed(let tokens):
      if writes { try file.write(tokens.stored(previous: spent)) }
      return tokens
    case .reused(let user):
      try recordReuse(of: user)
      return nil
    case .unknown: return nil
    }
  }

  private func recordReuse(of user: String) throws {
    let email = try UserStore(database, now: now).find(id: user)?.email ?? user
    let provenance = Provenance(actorID: user, actor: email, command: "user refresh", at: now)
    try AuditLog(database, ids: ids, provenance: provenance).append(
      entity: "user", id: user, after: JSONObject([("failure", "refresh token used twice; session ended")]))
  }

  private func previousIsGood(_ session: StoredSession) throws -> Bool {
    guard let previous = session.previousRefreshToken else { return false }
    return try sessions.knows(previous)
  }

  /// The token that a file holds, without the line end after it.
  private static func token(in path: String) throws(CareError) -> String {
    guard let bytes = try PrivateFile.read(path, leniency: [.link, .pipe]) else {
      throw CareError(
        .io, "there is no token file \(path)",
        hint:
          "an admin makes one with: caresphere user token NAME --role R --expires-in TIME --fields token -o FILE"
      )
    }
    let spaces: Set<UInt8> = [9, 10, 13, 32]
    let token = bytes.drop { spaces.contains($0) }.prefix { !spaces.contains($0) }
    guard !token.isEmpty, token.count <= JSONWebToken.maximumBytes else {
      throw CareError(.unauthorized, "\(path) holds no token")
    }
    return String(decoding: token, as: UTF8.self)
  }
}
