import CareSphereKit
import CommandLineKit

/// A password that is to be set.
enum NewPassword {
  /// Reads it from stdin with `--password-stdin`, else asks for it twice, and judges it.
  /// - Throws: `CareError(.validation)` with everything that is wrong with it, `CareError(.usage)` where
  ///   nobody can be asked
  static func read(_ context: Context, email: String, fullName: String) throws -> String {
    let password: String
    if context.parsed.has("password-stdin") {
      password = try SecretInput(context.console).line()
    } else {
      guard !context.parsed.has("no-input"), context.console.input.isTerminal else {
        throw CareError(
          .usage, "a password is needed, and nobody can be asked for it here",
          hint: "pass it on stdin with --password-stdin")
      }
      let prompt = Prompt(context.console)
      password = try prompt.password("Password: ")
      guard try prompt.password("The same again: ") == password else {
        throw CareError(.validation, "the passwords differ", details: .fields([.init("password", "differ")]))
      }
    }
    let problems = PasswordPolicy.problems(password, email: email, fullName: fullName)
    guard problems.isEmpty else {
      throw CareError(
        .validation, "the password is not good enough",
        details: .fields([.init("password", problems.joined(separator: "; "))]))
    }
    return password
  }
}
