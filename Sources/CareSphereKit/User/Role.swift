/// What a user may do: `admin` everything; `moderator` the people, their groups, and what is sent to
/// them; `member` reads.
public enum Role: String, CaseIterable, Comparable, Sendable {
  case member, moderator, admin

  /// Whether one role may do less than the other.
  public static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .member: 0
    case .moderator: 1
    case .admin: 2
    }
  }
}

/// Whether a user may log in.
public enum UserStatus: String, CaseIterable, Sendable {
  case active, inactive, suspended
}

/// Who may run a command. Every command declares one, so that none is reachable without a decision.
public enum Access: Equatable, Sendable {
  /// Answers without a login, and does not look for one.
  case anyone
  /// Answers whoever is logged in with this role or a higher one.
  case atLeast(Role)

  /// What is said of it in help and man pages.
  public var sentence: String {
    switch self {
    case .anyone: "Needs no login."
    case .atLeast(.member): "Needs a login."
    case .atLeast(.moderator): "Needs the role moderator or admin."
    case .atLeast(.admin): "Needs the role admin."
    }
  }

  /// Whether somebody with this role may run the command.
  public func allows(_ role: Role) -> Bool {
    switch self {
    case .anyone: true
    case .atLeast(let least): role >= least
    }
  }

  /// Refuses whoever may not run the command.
  /// - Parameter command: as it is typed, without the program's name.
  /// - Throws: `FORBIDDEN` with the role that it takes.
  public func check(_ actor: Actor, command: String) throws(CareError) {
    guard !allows(actor.role), case .atLeast(let least) = self else { return }
    throw CareError(
      .forbidden, "`\(command)` needs the role \(least.rawValue); you are \(actor.role.rawValue)",
      hint: "ask an admin, or log in as somebody else with: caresphere user login EMAIL")
  }
}

/// Who is at work: the person who is logged in, or the service token that stands in for them.
public struct Actor: Equatable, Sendable {
  /// How the actor proved who they are.
  public enum Credential: Equatable, Sendable {
    /// A login; the session's id.
    case session(String)
    /// A service token; its name.
    case serviceToken(String)
  }

  /// The user's id; of a service token, its maker's.
  public var id: String
  /// What the audit log calls them by; of a service token, its maker's.
  public var email: String
  /// Under which others see what they write: the display name, else the full name; of a service token, its maker's.
  public var name: String
  /// What the database says now, not what a token says; of a service token, its own role or its
  /// maker's, whichever is lower.
  public var role: Role
  /// A login, which is the person, or a service token, which reads no private notes below admin.
  public var credential: Credential

  /// - Parameter credential: by what they are known: a login, or a token.
  public init(id: String, email: String, name: String, role: Role, credential: Credential) {
    self.id = id
    self.email = email
    self.name = name
    self.role = role
    self.credential = credential
  }

  /// How the audit log calls the actor: the e-mail address, and the token where one stands in.
  public var auditName: String {
    switch credential {
    case .session: email
    case .serviceToken(let name): "\(email) (token \(name))"
    }
  }

  /// Whether a private note of this author may be shown: to them and to admins. A service token below
  /// admin is not its maker, who may have given it away for less.
  /// - Parameter author: the user's id; nil where the author has been deleted.
  public func mayReadPrivateNote(by author: String?) -> Bool {
    if role == .admin { return true }
    guard case .session = credential else { return false }
    return author == id
  }
}
