import TextFormats

/// What a login leaves on the machine, so that the next command is logged in.
public struct StoredSession: Equatable, Sendable {
  /// A JSON Web Token: who the next command is run by, until `accessExpiresAt`.
  public var accessToken: String
  /// When the access token ends, in seconds since 1970.
  public var accessExpiresAt: Int
  /// Good once, for the next access token, until a week after the login.
  public var refreshToken: String
  /// The refresh token that this one took the place of. It is still the good one where the change
  /// reached this file and, because the machine stopped, not the database.
  public var previousRefreshToken: String?

  /// - Parameters:
  ///   - accessExpiresAt: in seconds since 1970.
  ///   - previousRefreshToken: the one before, where nobody knows yet whether the new one has reached the database.
  public init(
    accessToken: String, accessExpiresAt: Int, refreshToken: String, previousRefreshToken: String? = nil
  ) {
    self.accessToken = accessToken
    self.accessExpiresAt = accessExpiresAt
    self.refreshToken = refreshToken
    self.previousRefreshToken = previousRefreshToken
  }
}

/// The file that keeps the session for one database: `$XDG_STATE_HOME/caresphere/session-….json`,
/// mode 0600 in a folder of mode 0700. Its name holds a digest of the database's real path.
public struct SessionFile: Sendable {
  /// The folder `caresphere` for the user's state, mode 0700; not there before the first login.
  public let folder: String
  /// The file in it; whoever comes by sudo has one of their own.
  public let path: String

  /// The session file for a database.
  /// - Parameters:
  ///   - databasePath: the real path, without symbolic links.
  ///   - environment: where `XDG_STATE_HOME` and `HOME` are looked up.
  public init(databasePath: String, environment: [String: String]) {
    folder = Self.stateFolder(environment) + "/caresphere"
    path = folder + "/session-\(SHA256.hex(databasePath).prefix(32))\(Self.delegate(environment)).json"
  }

  /// The session; nil where nobody is logged in to this database, or the file is not of our form.
  /// - Throws: `UNAUTHORIZED` where owner, mode or kind of the file or its folder are wrong;
  ///   `IO_ERROR` where it cannot be read.
  public func read() throws(CareError) -> StoredSession? {
    try PrivateFile.judgeFolder(folder)
    guard let bytes = try PrivateFile.read(path), let object = JSONObject(parsing: bytes),
      case .string(let accessToken)? = object["accessToken"],
      case .number(let expiry)? = object["accessExpiresAt"], let accessExpiresAt = Int(expiry),
      case .string(let refreshToken)? = object["refreshToken"]
    else { return nil }
    var session = StoredSession(
      accessToken: accessToken, accessExpiresAt: accessExpiresAt, refreshToken: refreshToken)
    if case .string(let previous)? = object["previousRefreshToken"] {
      session.previousRefreshToken = previous
    }
    return session
  }

  /// Puts a session in the place of the one before, whole or not at all.
  /// - Throws: `IO_ERROR`; `UNAUTHORIZED` where the folder belongs to somebody else.
  public func write(_ session: StoredSession) throws(CareError) {
    try PrivateFile.makeFolder(folder)
    let object = JSONObject([
      ("accessToken", .string(session.accessToken)), ("accessExpiresAt", .integer(session.accessExpiresAt)),
      ("refreshToken", .string(session.refreshToken)),
      ("previousRefreshToken", .optional(session.previousRefreshToken)),
    ])
    try PrivateFile.write(JSONWriter.bytes(.object(object)), to: path)
  }

  /// Forgets the session.
  /// - Throws: `IO_ERROR` where the file cannot be removed.
  public func remove() throws(CareError) { try PrivateFile.remove(path) }

  /// Where sudo lets several people work as one system user, each has a session of their own: sudo says
  /// who is asking, and they cannot say otherwise.
  private static func delegate(_ environment: [String: String]) -> String {
    guard let user = environment["SUDO_UID"], let id = UInt32(user) else { return "" }
    return "-\(id)"
  }

  /// `XDG_STATE_HOME`, which counts only where it is absolute, else `~/.local/state`.
  private static func stateFolder(_ environment: [String: String]) -> String {
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state }
    return (environment["HOME"] ?? "") + "/.local/state"
  }
}
