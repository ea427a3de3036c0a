import CArgon2

/// Stored passwords: Argon2id (RFC 9106) in its encoded form,
/// `$argon2id$v=19$m=65536,t=3,p=4$SALT$TAG`.
public enum PasswordHash {
  /// The second option that RFC 9106 recommends, section 4: 3 passes over 64 MiB in 4 lanes.
  static let recommended = Argon2Parameters(memory: 65_536, passes: 3, lanes: 4)
  private static let saltSize = 16
  private static let tagSize = 32

  /// Hashes a new password with a fresh salt, which takes about a tenth of a second and 64 MiB.
  ///
  /// - Returns: the encoded hash, 97 characters.
  /// - Throws: `INTERNAL_ERROR` where the memory or the threads cannot be had.
  public static func make(_ password: String) throws(CareError) -> String {
    let salt = RandomBytes.make(saltSize)
    let (memory, passes, lanes) = (recommended.memory, recommended.passes, recommended.lanes)
    let capacity = argon2_encodedlen(
      passes, memory, lanes, UInt32(saltSize), UInt32(tagSize), Argon2_id)
    var encoded = [CChar](repeating: 0, count: capacity)
    let secret = Array(password.utf8)
    let status = argon2id_hash_encoded(
      passes, memory, lanes, secret, secret.count, salt, salt.count, tagSize, &encoded, encoded.count)
    guard status == ARGON2_OK.rawValue else { throw failure(status) }
    return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Whether this is the password behind a stored hash; the tags are compared in constant time.
  ///
  /// - Throws: `DATABASE_ERROR` where the hash is none, or asks for more than 256 MiB, 10 passes or 16
  ///   lanes: whoever can write the file could otherwise stop the machine at the next login.
  public static func verify(_ password: String, against encoded: String) throws(CareError) -> Bool {
    guard let parameters = Argon2Parameters(encoded: encoded), parameters.isBearable else {
      throw CareError(
        .database, "the stored password of this user cannot be read",
        hint: "an admin can set a new one with `caresphere user passwd USER`")
    }
    let secret = Array(password.utf8)
    let status = argon2id_verify(encoded, secret, secret.count)
    switch status {
    case ARGON2_OK.rawValue: return true
    case ARGON2_VERIFY_MISMATCH.rawValue: return false
    default: throw failure(status)
    }
  }

  /// Whether a hash was made with less than is used today, so that the next login should renew it.
  public static func needsRehash(_ encoded: String) -> Bool {
    guard let stored = Argon2Parameters(encoded: encoded) else { return true }
    return stored.memory < recommended.memory || stored.passes < recommended.passes
  }

  /// A hash that no known password matches, for spending on an unknown user what a known one costs.
  static let decoy =
    "$argon2id$v=19$m=65536,t=3,p=4$oXNEfdlnDR/aKiIYOgbsfA$G9gZlnB3OMCPR8ZNn2uHeK8VRtbYIyf40xaokos+n18"

  private static func failure(_ status: Int32) -> CareError {
    let reason = argon2_error_message(status).map { String(cString: $0) } ?? "error \(status)"
    return CareError(.internalError, "the password could not be hashed: \(reason)")
  }
}

/// What an encoded Argon2id hash says of how it was made.
struct Argon2Parameters: Equatable {
  /// In KiB.
  var memory: UInt32
  var passes: UInt32
  var lanes: UInt32

  init(memory: UInt32, passes: UInt32, lanes: UInt32) {
    self.memory = memory
    self.passes = passes
    self.lanes = lanes
  }

  /// Reads the parameters of `$argon2id$v=19$m=…,t=…,p=…$SALT$TAG`; nil where it has another form, a
  /// salt below 8 or a tag below 16 bytes, or more than 512 characters.
  init?(encoded: String) {
    guard encoded.utf8.count <= 512 else { return nil }
    let parts = encoded.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0].isEmpty, parts[1] == "argon2id", parts[2] == "v=19" else { return nil }
    let numbers = parts[3].split(separator: ",", omittingEmptySubsequences: false)
    guard numbers.count == 3, let memory = Self.number(numbers[0], after: "m="),
      let passes = Self.number(numbers[1], after: "t="), let lanes = Self.number(numbers[2], after: "p="),
      Self.isBase64(parts[4], atLeast: 11), Self.isBase64(parts[5], atLeast: 22)
    else { return nil }
    self.init(memory: memory, passes: passes, lanes: lanes)
  }

  /// Whether verifying stays within 256 MiB, 10 passes and 16 lanes.
  var isBearable: Bool {
    (8...262_144).contains(memory) && (1...10).contains(passes) && (1...16).contains(lanes)
  }

  private static func number(_ text: Substring, after key: String) -> UInt32? {
    guard text.hasPrefix(key) else { return nil }
    let digits = text.dropFirst(key.count)
    guard digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return UInt32(digits)
  }

  private static func isBase64(_ text: Substring, atLeast length: Int) -> Bool {
    text.utf8.count >= length
      && text.utf8.allSatisfy { character in
        switch character {
        case 48...57, 65...90, 97...122, 43, 47: true
        default: false
        }
      }
  }
}
