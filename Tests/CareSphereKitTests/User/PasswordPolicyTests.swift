import Testing

@testable import CareSphereKit

@Suite struct PasswordPolicyTests {
  private func problems(_ password: String) -> [String] {
    PasswordPolicy.problems(password, email: "Ada.Lovelace1842@Grace.example", fullName: "Ada Lovelace1842")
  }

  @Test(arguments: [
    "SecurePass123!", "Sunday-Morning-7", "Ünterwegs 2 gehen", "Ñandúes٣x",
    String(repeating: "aB3x", count: 256),
  ])
  func takesGoodOnes(password: String) { #expect(problems(password) == []) }

  @Test func namesEveryReasonAtOnce() {
    #expect(
      problems("") == [
        "must be at least 8 characters", "must include an uppercase letter",
        "must include a lowercase letter", "must include a digit",
      ])
    #expect(
      problems("secret") == [
        "must be at least 8 characters", "must include an uppercase letter", "must include a digit",
        "must not be one of the most common passwords",
      ])
  }

  @Test(arguments: [
    ("Short1x", "must be at least 8 characters"), ("lowercase7", "must include an uppercase letter"),
    ("UPPERCASE7", "must include a lowercase letter"), ("NoDigitsHere", "must include a digit"),
    ("aDA.Lovelace1842@grace.EXAMPLE", "must not be the e-mail address"),
    ("Ada.Lovelace1842", "must not be the e-mail address"), ("ada LOVELACE1842", "must not be the name"),
    ("AdaLovelace1842", "must not be the name"), ("Lovelace1842", "must not be the name"),
    ("Password1", "must not be one of the most common passwords"),
    ("PassWord123", "must not be one of the most common passwords"),
    ("1Q2w3e4r", "must not be one of the most common passwords"),
    (String(repeating: "aB3x", count: 256) + "é", "must be at most 1,024 bytes"),
  ])
  func namesTheOneReason(password: String, reason: String) { #expect(problems(password) == [reason]) }

  @Test func aThousandCommonPasswordsAreKnown() {
    #expect(CommonPasswords.all.count == 1000)
    #expect(Set(CommonPasswords.all).count == 1000)
    #expect(CommonPasswords.all.allSatisfy { $0.lowercased() == $0 })
  }

  @Test func countsScalarsNotBytes() {
    #expect(problems("Aé1éééé").contains("must be at least 8 characters"))
    #expect(problems("Aé1ééééé") == [])
  }
}
