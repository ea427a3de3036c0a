import TextFormats

/// What was typed, or sent as JSON, to add or change a user; nothing of it checked yet.
public struct UserInput: Equatable, Sendable {
  /// A new user needs one.
  public var email: String?
  /// A new user needs one, of 255 characters at most.
  public var fullName: String?
  /// 100 characters at most; "" takes it away.
  public var displayName: String?
  /// An `http` or `https` URL of 500 characters at most; "" takes it away.
  public var avatarURL: String?
  /// A word of ``Role``, whatever its case; a new user is `member` without it.
  public var role: String?
  /// A word of ``UserStatus``, whatever its case; a new user is `active` without it.
  public var status: String?
  /// Of a new user only; that of others is changed by `user passwd`.
  public var password: String?

  /// What was typed; nil where it was not given.
  public init(
    email: String? = nil, fullName: String? = nil, displayName: String? = nil, avatarURL: String? = nil,
    role: String? = nil, status: String? = nil, password: String? = nil
  ) {
    self.email = email
    self.fullName = fullName
    self.displayName = displayName
    self.avatarURL = avatarURL
    self.role = role
    self.status = status
    self.password = password
  }

  /// The fields under the names that they have in a request body.
  private static let fields: [String: WritableKeyPath<UserInput, String?> & Sendable] = [
    "email": \.email, "fullName": \.fullName, "displayName": \.displayName, "avatarUrl": \.avatarURL,
    "role": \.role, "status": \.status, "password": \.password,
  ]

  /// Reads the API design's request body, `{"email","password","fullName","displayName"}` with
  /// `avatarUrl`, `role` and `status`; `null` is an empty text.
  /// - Throws: `VALIDATION_ERROR` naming every key that is unknown or no text.
  public init(body: JSONValue) throws(CareError) {
    guard case .object(let object) = body else {
      throw CareError(.validation, "the request body must be a JSON object")
    }
    self.init()
    var problems: [CareError.FieldProblem] = []
    for member in object.members {
      guard let path = Self.fields[member.key] else {
        problems.append(.init(member.key, "is not a field of a user"))
        continue
      }
      switch member.value {
      case .string(let text): self[keyPath: path] = text
      case .null: self[keyPath: path] = ""
      default: problems.append(.init(member.key, "must be a text"))
      }
    }
    if !problems.isEmpty {
      throw CareError(.validation, "the request body is wrong", details: .fields(problems))
    }
  }

  /// This and another input, which may not both give the same field.
  /// - Throws: `USAGE_ERROR` naming the fields that both give.
  public func joined(with other: UserInput) throws(CareError) -> UserInput {
    let twice = Self.fields.filter { self[keyPath: $0.value] != nil && other[keyPath: $0.value] != nil }
    guard twice.isEmpty else {
      throw CareError(
        .usage, "given both as a flag and in the request body: \(twice.keys.sorted().joined(separator: ", "))"
      )
    }
    var both = self
    for path in Self.fields.values { both[keyPath: path] = self[keyPath: path] ?? other[keyPath: path] }
    return both
  }
  /// The changes that it asks for, in the form in which they are stored.
  /// - Parameters:
  ///   - values: how texts are read.
  ///   - problems: what is wrong is added here, a field each.
  func changes(_ values: MemberValues, _ problems: inout [CareError.FieldProblem]) -> UserChanges {
    var changes = UserChanges()
    changes.email = Self.read("email", email, required: true, &problems) { raw throws(ValueProblem) in
      try values.email(raw)
    }
    changes.fullName = Self.read("fullName", fullName, required: true, &problems) {
      raw throws(ValueProblem) in
      try values.line(raw, limit: 255)
    }
    changes.displayName = Self.read("displayName", displayName, &problems) { raw throws(ValueProblem) in
      try values.line(raw, limit: 100)
    }
    changes.avatarURL = Self.read("avatarUrl", avatarURL, &problems) { raw throws(ValueProblem) in
      try values.photoURL(raw)
    }
    changes.role = Self.choose("role", role, &problems)
    changes.status = Self.choose("status", status, &problems)
    return changes
  }

  /// A text as it is stored, "" where it is to be taken away; nil where it was not given or is wrong.
  private static func read(
    _ field: String, _ raw: String?, required: Bool = false, _ problems: inout [CareError.FieldProblem],
    _ read: (String) throws(ValueProblem) -> String?
  ) -> String? {
    guard let raw else { return nil }
    do {
      let value = try read(raw)
      if value == nil, required { problems.append(.init(field, "must not be empty")) }
      return value ?? ""
    } catch {
      problems.append(.init(field, error.reason))
      return nil
    }
  }

  private static func choose<Choice: RawRepresentable & CaseIterable>(
    _ field: String, _ raw: String?, _ problems: inout [CareError.FieldProblem]
  ) -> Choice? where Choice.RawValue == String {
    guard let raw else { return nil }
    if let choice = Choice(rawValue: raw.lowercased()) { return choice }
    let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    problems.append(.init(field, "must be one of \(choices)"))
    return nil
  }
}
