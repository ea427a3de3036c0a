import CareSphereKit
import CommandLineKit

/// Passwords that are asked for: in the terminal without being shown, or on stdin, a line each.
enum NewPassword {
  /// The flag, for the declarations of commands.
  static let option = OptionSpec.flag("password-stdin", "Read the password from stdin")

  /// Reads a password that is to be set, asking for it twice in the terminal. It is not judged here, so
  /// that what is wrong with it can be told together with what else is wrong.
  /// - Parameter missing: what is said where stdin has no line for it.
  /// - Throws: `CareError(.usage)` where nobody can be asked, `.validation` where the two differ
  static func read(
    _ context: Context, label: String = "Password", missing: String = SecretInput.empty
  ) throws -> String {
    if context.parsed.has(option.name) { return try SecretInput(context.console).line(missing: missing) }
    let password = try ask(context, label)
    guard try ask(context, "The same again") == password else {
      throw CareError(
        .validation, "the two passwords differ; nothing was changed",
        hint: "do it again, and type the same twice",
        details: .fields([.init("password", "is not the same both times")]))
    }
    return password
  }

  /// Reads the password of a new user. Where it has to be typed, what else is wrong is told before anybody does.
  /// - Throws: as the other `read`; `CareError(.validation)` for what else is wrong
  static func read(for input: UserInput, _ context: Context) throws -> String {
    if !context.parsed.has(option.name) {
      try UserAdministration.check(input, clock: Clock(now: context.now, zone: .utc))
    }
    return try read(context)
  }

  /// Reads a password that is set already.
  /// - Throws: `CareError(.usage)` where nobody can be asked
  static func current(_ context: Context, label: String = "Password") throws -> String {
    context.parsed.has(option.name) ? try SecretInput(context.console).line() : try ask(context, label)
  }

  private static func ask(_ context: Context, _ label: String) throws -> String {
    guard context.console.canAsk else {
      throw CareError(
        .usage, "a password is needed, and nobody can be asked for it here",
        hint: "pass it on stdin with --password-stdin")
    }
    return try context.console.readPassword(label)
  }
}
