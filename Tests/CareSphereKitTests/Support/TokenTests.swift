import TestSupport
import Testing

@testable import CareSphereKit

@Suite struct TokenTests {
  private static let key = SHA256.hash("a key of our own".utf8)
  private static let claims = JSONWebToken.Claims(
    subject: "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", email: "ada@grace.example", role: "admin",
    issuedAt: 1_700_000_000, expiresAt: 1_700_086_400, id: "017f22e2-79b0-7cc3-98c4-dc0c0c073990")
  private static let payload =
    #"{"sub":"u","email":"e","role":"admin","iat":1700000000,"exp":1700086400,"jti":"t"}"#
  private static let now = 1_700_000_001

  /// A token with any header and payload, rightly signed.
  private static func token(header: String, payload: String = payload, key: [UInt8] = key) -> String {
    let message = Base64URL.encode(header.utf8) + "." + Base64URL.encode(payload.utf8)
    return message + "." + Base64URL.encode(HMAC.authenticate(message.utf8, key: key))
  }

  private func verify(_ token: String, now: Int = now) throws -> JSONWebToken.Claims {
    try JSONWebToken.verify(token, key: Self.key, now: now)
  }

  @Test func saysWhatItWasMadeOf() throws {
    var claims = Self.claims
    claims.email = "ünï\"c\u{7}@grace.example"
    let token = JSONWebToken.sign(claims, key: Self.key)
    #expect(token.hasPrefix("eyJhbGciOiJIUzI1NiI"))
    #expect(try verify(token) == claims)
  }

  @Test func endsAtItsSecond() throws {
    let token = JSONWebToken.sign(Self.claims, key: Self.key)
    #expect(throws: Never.self) { try verify(token, now: Self.claims.expiresAt - 1) }
    #expect(throws: CareError.self) { try verify(token, now: Self.claims.expiresAt) }
  }

  @Test func takesHeadersOfOtherLibraries() throws {
    for header in [#"{"alg":"HS256"}"#, #"{"typ":"jwt","alg":"HS256","kid":"1"}"#] {
      #expect(try verify(Self.token(header: header)).subject == "u")
    }
  }

  @Test(arguments: [
    #"{"alg":"none"}"#, #"{"alg":"None","typ":"JWT"}"#, #"{"alg":"HS512"}"#, #"{"alg":"RS256"}"#,
    #"{"alg":"hs256"}"#, #"{"alg":["HS256"]}"#, #"{"alg":null}"#, #"{"typ":"JWT"}"#, "[]", "null", "", "{",
    #"{"alg":"HS256","crit":["exp"],"exp":1}"#, #"{"alg":"HS256","crit":[]}"#,
    #"{"alg":"HS256","typ":"JWE"}"#,
    #"{"alg":"HS256","typ":1}"#, #"{"alg":"HS256","alg":"none"}"#,
  ])
  func refusesHeader(header: String) {
    let error = #expect(throws: CareError.self) { try verify(Self.token(header: header)) }
    #expect(error?.code == .unauthorized)
  }

  @Test(arguments: [
    "", "{}", "[]", "\"u\"", #"{"sub":1,"email":"e","role":"r","iat":1,"exp":1700086400,"jti":"t"}"#,
    #"{"sub":"u","email":"e","role":"r","iat":1,"exp":"1700086400","jti":"t"}"#,
    #"{"sub":"u","email":"e","role":"r","iat":1,"exp":1e99,"jti":"t"}"#,
    #"{"sub":"u","email":"e","role":"r","iat":1,"exp":99999999999999999999999,"jti":"t"}"#,
    #"{"sub":"u","email":"e","role":"r","iat":null,"exp":1700086400,"jti":"t"}"#,
    #"{"sub":"u","email":"e","role":["admin"],"iat":1,"exp":1700086400,"jti":"t"}"#,
    #"{"email":"e","role":"r","iat":1,"exp":1700086400,"jti":"t"}"#,
    #"{"sub":"u","email":"e","role":"r","iat":1,"jti":"t"}"#,
    #"{"sub":"u","email":"e","role":"r","iat":1,"exp":1700086400}"#,
    #"{"sub":"u","email":"e","role":"r","iat":1,"exp":1700086400,"jti":"t"} x"#,
  ])
  func refusesPayload(payload: String) {
    let error = #expect(throws: CareError.self) {
      try verify(Self.token(header: #"{"alg":"HS256"}"#, payload: payload))
    }
    #expect(error?.code == .unauthorized)
  }

  @Test func refusesOtherSignatures() throws {
    let token = JSONWebToken.sign(Self.claims, key: Self.key)
    let parts = token.split(separator: ".").map(String.init)
    let other = JSONWebToken.sign(Self.claims, key: SHA256.hash("another".utf8)).split(separator: ".")
    let forged = Base64URL.encode(Self.payload.utf8)
    for wrong in [
      "\(parts[0]).\(parts[1]).\(other[2])", "\(parts[0]).\(forged).\(parts[2])", "\(parts[0]).\(parts[1]).",
      "\(parts[0]).\(parts[1])", "\(token).x", "\(token)=", " \(token)", "\(token)\n", ".\(token)", "..", "",
      "\(parts[0])..\(parts[2])", "\(Base64URL.encode(#"{"alg":"none"}"#.utf8)).\(forged).",
      String(token.dropLast()), String(token.dropLast()) + "!", token.uppercased(), "not a token",
    ] {
      let error = #expect(throws: CareError.self, "\(wrong)") { try verify(wrong) }
      #expect(error?.code == .unauthorized)
    }
  }

  /// No bit of a token can be turned without its being refused.
  @Test func everyChangedByteIsSeen() {
    let token = Array(JSONWebToken.sign(Self.claims, key: Self.key).utf8)
    for index in token.indices {
      var changed = token
      changed[index] ^= 1
      #expect(throws: CareError.self) { try verify(String(decoding: changed, as: UTF8.self)) }
    }
  }

  @Test func refusesOversizedOnes() throws {
    var claims = Self.claims
    claims.email = String(repeating: "x", count: 4096)
    let error = #expect(throws: CareError.self) { try verify(JSONWebToken.sign(claims, key: Self.key)) }
    #expect(error?.message.contains("too long") == true)
  }

  @Test func agreesWithPyJWT() throws {
    let python = try Requirement.python()
    let lines = try CryptoPython.run(
      """
      import sys, jwt, json
      key, token = sys.stdin.read().split()
      key = bytes.fromhex(key)
      claims = jwt.decode(token, key, algorithms=["HS256"],
        options={"verify_exp": False, "require": ["sub", "email", "role", "iat", "exp", "jti"]})
      print(json.dumps(claims, sort_keys=True))
      print(jwt.encode(claims, key, algorithm="HS256"))
      print(jwt.encode(claims, key, algorithm="HS512"))
      print(jwt.encode(claims, None, algorithm="none"))
      """, input: [Hex.encode(Self.key), JSONWebToken.sign(Self.claims, key: Self.key)], interpreter: python)
    try #require(lines.count == 4)
    #expect(
      lines[0]
        == #"{"email": "ada@grace.example", "exp": 1700086400, "iat": 1700000000, "#
        + #""jti": "017f22e2-79b0-7cc3-98c4-dc0c0c073990", "role": "admin", "#
        + #""sub": "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"}"#)
    #expect(try verify(lines[1]) == Self.claims)
    #expect(throws: CareError.self) { try verify(lines[2]) }
    #expect(throws: CareError.self) { try verify(lines[3]) }
  }
}
