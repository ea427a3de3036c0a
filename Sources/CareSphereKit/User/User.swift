import SQLiteStore
import TextFormats

/// A person who works with caresphere.
public struct User: Equatable, Sendable {
  /// A UUID of version 7, in small letters.
  public var id: String
  /// What they log in with; unique, whatever the case of its ASCII letters.
  public var email: String
  /// 1 to 255 characters; shown as the author's where there is no display name.
  public var fullName: String
  /// 1 to 100 characters, shown in place of the full name as the author's; nil where none was given.
  public var displayName: String?
  /// `http` or `https`, which nothing fetches; nil where none was given.
  public var avatarURL: String?
  /// Looked up for each command, so that a change holds at once.
  public var role: Role
  /// Only `active` users and the service tokens that they made are let in.
  public var status: UserStatus
  /// Whether a code that was mailed there came back; with another address it is false again.
  public var emailVerified: Bool
  /// When the password was last given; nil before the first login. Renewing a session is none.
  public var lastLoginAt: Timestamp?
  /// When the user was added.
  public var createdAt: Timestamp
  /// When a field or the password was last changed, or the address verified; a login is no change.
  public var updatedAt: Timestamp

  /// A user as the database has them.
  public init(
    id: String, email: String, fullName: String, displayName: String? = nil, avatarURL: String? = nil,
    role: Role = .member, status: UserStatus = .active, emailVerified: Bool = false,
    lastLoginAt: Timestamp? = nil, createdAt: Timestamp, updatedAt: Timestamp
  ) {
    self.id = id
    self.email = email
    self.fullName = fullName
    self.displayName = displayName
    self.avatarURL = avatarURL
    self.role = role
    self.status = status
    self.emailVerified = emailVerified
    self.lastLoginAt = lastLoginAt
    self.createdAt = createdAt
    self.updatedAt = updatedAt
  }

  /// Everything about the user that may be shown, in the API design's names.
  public var json: JSONObject {
    JSONObject([
      ("id", .string(id)), ("email", .string(email)), ("fullName", .string(fullName)),
      ("displayName", .optional(displayName)), ("avatarUrl", .optional(avatarURL)),
      ("role", .string(role.rawValue)), ("status", .string(status.rawValue)),
      ("emailVerified", .bool(emailVerified)), ("lastLoginAt", .optional(lastLoginAt?.description)),
      ("createdAt", .string(createdAt.description)), ("updatedAt", .string(updatedAt.description)),
    ])
  }

  /// The columns that ``init(_:)`` reads, in its order.
  static let columns =
    "id, email, full_name, display_name, avatar_url, role, status, email_verified, last_login_at, "
    + "created_at, updated_at"

  /// What others see of a user, in SQL: the display name, else the full name.
  /// - Parameter table: `users`, or what a statement calls it.
  static func shownName(in table: StaticString) -> String {
    "coalesce(nullif(\(table).display_name, ''), \(table).full_name)"
  }

  init(_ row: Statement) throws(CareError) {
    guard let role = Role(rawValue: row.string(5)), let status = UserStatus(rawValue: row.string(6)),
      let createdAt = Timestamp(row.string(9)), let updatedAt = Timestamp(row.string(10))
    else { throw CareError(.database, "the user \(row.string(0)) cannot be read: the file is damaged") }
    self.init(
      id: row.string(0), email: row.string(1), fullName: row.string(2), displayName: row.text(3),
      avatarURL: row.text(4), role: role, status: status, emailVerified: row.bool(7),
      lastLoginAt: row.text(8).flatMap { Timestamp($0) }, createdAt: createdAt, updatedAt: updatedAt)
  }
}

/// What can be changed about a user; `nil` leaves a value as it is.
public struct UserChanges: Equatable, Sendable {
  /// Another address counts as not verified.
  public var email: String?
  /// Never empty.
  public var fullName: String?
  /// An empty text takes the value away.
  public var displayName: String?
  /// An empty text takes the value away.
  public var avatarURL: String?
  /// What they may do from the next command on; the last active admin stays one.
  public var role: Role?
  /// All but `active` ends their logins; `suspended` ends the service tokens that they made, too.
  public var status: UserStatus?

  /// What is to be different; nil leaves it as it is.
  public init(
    email: String? = nil, fullName: String? = nil, displayName: String? = nil, avatarURL: String? = nil,
    role: Role? = nil, status: UserStatus? = nil
  ) {
    self.email = email
    self.fullName = fullName
    self.displayName = displayName
    self.avatarURL = avatarURL
    self.role = role
    self.status = status
  }

  /// Whether it only touches what anyone may change about themselves: names and picture.
  public var isPersonal: Bool { email == nil && role == nil && status == nil }
}
