import TextFormats

/// JSON Web Tokens (RFC 7519) signed with HMAC-SHA-256, the `HS256` of RFC 7518, and no others.
public enum JSONWebToken {
  /// What a token says of who holds it.
  public struct Claims: Equatable, Sendable {
    /// `sub`: the user's id.
    public var subject: String
    /// `email`: the user's when the token was made; nobody is found by it.
    public var email: String
    /// The user's role when the token was made; what the database says now is what counts.
    public var role: String
    /// `iat`, in seconds since 1970.
    public var issuedAt: Int
    /// `exp`, in seconds since 1970: the first second at which the token is no longer good.
    public var expiresAt: Int
    /// `jti`: the token's own id.
    public var id: String

    /// - Parameters:
    ///   - issuedAt: in seconds since 1970.
    ///   - expiresAt: in seconds since 1970.
    public init(
      subject: String, email: String, role: String, issuedAt: Int, expiresAt: Int, id: String
    ) {
      self.subject = subject
      self.email = email
      self.role = role
      self.issuedAt = issuedAt
      self.expiresAt = expiresAt
      self.id = id
    }
  }

  /// The longest token that is looked at, in bytes.
  public static let maximumBytes = 4096
  private static let header = Base64URL.encode(#"{"alg":"HS256","typ":"JWT"}"#.utf8)

  /// A signed token in the compact form, three parts joined by dots.
  ///
  /// - Parameter key: at least 32 random bytes (RFC 7518, section 3.2).
  public static func sign(_ claims: Claims, key: [UInt8]) -> String {
    let payload = JSONObject([
      ("sub", .string(claims.subject)), ("email", .string(claims.email)), ("role", .string(claims.role)),
      ("iat", .integer(claims.issuedAt)), ("exp", .integer(claims.expiresAt)), ("jti", .string(claims.id)),
    ])
    let message = header + "." + Base64URL.encode(JSONWriter.bytes(.object(payload)))
    return message + "." + Base64URL.encode(HMAC.authenticate(message.utf8, key: key))
  }

  /// The claims of a token that is ours and still good.
  ///
  /// The signature is checked before anything in the token is believed; the algorithm that its header
  /// names never chooses how.
  ///
  /// - Parameters:
  ///   - key: that it was signed with.
  ///   - now: seconds since 1970.
  /// - Throws: `UNAUTHORIZED` for a token of another form, algorithm or signature, one with extensions
  ///   that must be understood (`crit`), with missing or mistyped claims, or past its time.
  public static func verify(_ token: String, key: [UInt8], now: Int) throws(CareError) -> Claims {
    guard token.utf8.count <= maximumBytes else { throw refusal("it is too long") }
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let header = Base64URL.decode(parts[0]),
      let payload = Base64URL.decode(parts[1]), let signature = Base64URL.decode(parts[2])
    else { throw refusal("it is malformed") }
    let message = parts[0].utf8.count + 1 + parts[1].utf8.count
    let expected = HMAC.authenticate(token.utf8.prefix(message), key: key)
    guard ConstantTime.equal(signature, expected) else { throw refusal("its signature is wrong") }
    try check(header: header)
    let claims = try claims(of: payload)
    guard now < claims.expiresAt else { throw refusal("it has expired") }
    return claims
  }

  private static func check(header: [UInt8]) throws(CareError) {
    let object = try object(header)
    guard object["alg"] == "HS256" else { throw refusal("its algorithm is not HS256") }
    guard object["crit"] == nil else { throw refusal("it asks for an extension") }
    switch object["typ"] {
    case nil: break
    case .string(let type)? where type.lowercased() == "jwt": break
    default: throw refusal("it is not a JWT")
    }
  }

  private static func claims(of payload: [UInt8]) throws(CareError) -> Claims {
    let object = try object(payload)
    guard case .string(let subject)? = object["sub"], case .string(let email)? = object["email"],
      case .string(let role)? = object["role"], case .string(let id)? = object["jti"],
      case .number(let issued)? = object["iat"], let issuedAt = Int(issued),
      case .number(let expiry)? = object["exp"], let expiresAt = Int(expiry)
    else { throw refusal("its claims are wrong") }
    return Claims(
      subject: subject, email: email, role: role, issuedAt: issuedAt, expiresAt: expiresAt, id: id)
  }

  private static func object(_ bytes: [UInt8]) throws(CareError) -> JSONObject {
    guard let object = JSONObject(parsing: bytes) else { throw refusal("it is malformed") }
    return object
  }

  private static func refusal(_ reason: String) -> CareError {
    CareError(
      .unauthorized, "the token is refused: \(reason)", hint: "log in with `caresphere user login EMAIL`")
  }
}
