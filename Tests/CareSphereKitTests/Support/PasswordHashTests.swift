import TestSupport
import Testing

@testable import CareSphereKit

@Suite(.serialized) struct PasswordHashTests {
  private let password = "Corréct-Horse 7"

  @Test func verifiesItsOwnAndNothingElse() throws {
    let encoded = try PasswordHash.make(password)
    #expect(encoded.hasPrefix("$argon2id$v=19$m=65536,t=3,p=4$"))
    #expect(encoded.utf8.count == 97)
    #expect(try PasswordHash.verify(password, against: encoded))
    #expect(try !PasswordHash.verify(password + " ", against: encoded))
    #expect(try !PasswordHash.verify("", against: encoded))
    #expect(!PasswordHash.needsRehash(encoded))
    #expect(try PasswordHash.make(password) != encoded)
  }

  @Test func aPasswordCountsBeyondItsNUL() throws {
    let encoded = try PasswordHash.make("Ab3\0defgh")
    #expect(try PasswordHash.verify("Ab3\0defgh", against: encoded))
    #expect(try !PasswordHash.verify("Ab3\0defgi", against: encoded))
  }

  @Test func theDecoyCostsAWholeVerification() throws {
    #expect(!PasswordHash.needsRehash(PasswordHash.decoy))
    #expect(try !PasswordHash.verify(password, against: PasswordHash.decoy))
  }

  /// The vector of RFC 9106, section 5.3, has a secret and associated data, which encoded hashes cannot
  /// carry; this one is of the reference implementation's own test suite.
  @Test func knownHash() throws {
    let encoded =
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
    #expect(try PasswordHash.verify("password", against: encoded))
    #expect(PasswordHash.needsRehash(encoded))
  }

  private static let salt = "oXNEfdlnDR/aKiIYOgbsfA"
  private static let tag = "G9gZlnB3OMCPR8ZNn2uHeK8VRtbYIyf40xaokos+n18"

  @Test(arguments: [
    "", "plain", "$argon2id$v=19$m=4194304,t=3,p=4$\(salt)$\(tag)",
    "$argon2id$v=19$m=262145,t=3,p=4$\(salt)$\(tag)",
    "$argon2id$v=19$m=65536,t=11,p=4$\(salt)$\(tag)", "$argon2id$v=19$m=65536,t=3,p=17$\(salt)$\(tag)",
    "$argon2id$v=19$m=65536,t=0,p=4$\(salt)$\(tag)", "$argon2id$v=19$m=65536,t=3,p=0$\(salt)$\(tag)",
    "$argon2id$v=19$m=99999999999,t=3,p=4$\(salt)$\(tag)", "$argon2id$v=19$m=-1,t=3,p=4$\(salt)$\(tag)",
    "$argon2id$v=19$m=+65536,t=3,p=4$\(salt)$\(tag)", "$argon2i$v=19$m=65536,t=3,p=4$\(salt)$\(tag)",
    "$argon2id$v=16$m=65536,t=3,p=4$\(salt)$\(tag)", "$argon2id$m=65536,t=3,p=4$\(salt)$\(tag)",
    "$argon2id$v=19$m=65536,t=3,p=4$\(salt)", "$argon2id$v=19$m=65536,t=3,p=4$\(salt)$\(tag)$",
    "$argon2id$v=19$m=65536,t=3,p=4$$\(tag)", "$argon2id$v=19$m=65536,t=3,p=4$\(salt)$AAAA",
    "$argon2id$v=19$m=65536,t=3,p=4$\(salt)$\(tag)=", "$argon2id$v=19$m=65536,t=3$\(salt)$\(tag)",
    "$argon2id$v=19$m=65536,t=3,p=4$\(salt)$\(String(repeating: "A", count: 500))",
    "$2b$12$LQv3c1yqBWVHxkd0LHAkCOYz6TtxMQJqhN8/LewKyNiLXCJ3kC5Qe",
  ])
  func refusesStoredHashesItCannotBear(encoded: String) {
    let error = #expect(throws: CareError.self) { try PasswordHash.verify(password, against: encoded) }
    #expect(error?.code == .database)
    #expect(PasswordHash.needsRehash(encoded) || Argon2Parameters(encoded: encoded)?.isBearable == false)
  }

  @Test func agreesWithArgon2CFFI() throws {
    let python = try Requirement.python()
    let passwords = ["Sunday-Morning-7", "Ünïcödé 9 ☃", String(repeating: "aB3", count: 340)]
    let ours = try passwords.map { try PasswordHash.make($0) }
    let answers = try CryptoPython.run(
      """
      import sys, argon2
      hasher = argon2.PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4)
      for line in sys.stdin:
        password, encoded = (bytes.fromhex(part) for part in line.split())
        assert hasher.verify(encoded.decode(), password) and not hasher.check_needs_rehash(encoded.decode())
        print(hasher.hash(password))
      """,
      input: zip(passwords, ours).map { "\(Hex.encode(Array($0.utf8))) \(Hex.encode(Array($1.utf8)))" },
      interpreter: python)
    #expect(answers.count == passwords.count)
    for (password, theirs) in zip(passwords, answers) {
      #expect(try PasswordHash.verify(password, against: theirs))
      #expect(try !PasswordHash.verify(password + "x", against: theirs))
      #expect(!PasswordHash.needsRehash(theirs))
    }
  }
}
