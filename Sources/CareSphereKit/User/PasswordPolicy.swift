/// What a password must be before it is taken.
public enum PasswordPolicy {
  /// The longest password in bytes of UTF-8; beyond that it is no password but an attack on the hash.
  public static let maximumBytes = 1024

  /// All that speaks against a new password, each as a predicate ("must …"); empty where it is good.
  ///
  /// - Parameters:
  ///   - password: as typed.
  ///   - email: of the user whose it will be; neither it nor what stands before its `@` will do.
  ///   - fullName: of the same user.
  public static func problems(_ password: String, email: String, fullName: String) -> [String] {
    var problems: [String] = []
    guard password.utf8.count <= maximumBytes else { return ["must be at most 1,024 bytes"] }
    let scalars = password.unicodeScalars
    if scalars.count < 8 { problems.append("must be at least 8 characters") }
    if !scalars.contains(where: \.properties.isUppercase) {
      problems.append("must include an uppercase letter")
    }
    if !scalars.contains(where: \.properties.isLowercase) {
      problems.append("must include a lowercase letter")
    }
    if !scalars.contains(where: { $0.properties.generalCategory == .decimalNumber }) {
      problems.append("must include a digit")
    }
    let caseless = password.lowercased()
    let address = email.lowercased()
    let localPart = String(address.prefix { $0 != "@" })
    if !caseless.isEmpty, caseless == address || caseless == localPart {
      problems.append("must not be the e-mail address")
    }
    if !caseless.isEmpty, names(fullName).contains(caseless) { problems.append("must not be the name") }
    if CommonPasswords.contains(password) { problems.append("must not be one of the most common passwords") }
    return problems
  }

  /// The name as written, without its spaces, and its single words, in lower case.
  private static func names(_ fullName: String) -> Set<String> {
    let words = fullName.lowercased().split(separator: " ").map(String.init)
    return Set(words + [words.joined(separator: " "), words.joined(), fullName.lowercased()])
  }
}
