import CareSphereKit
import CommandLineKit
import Glibc

/// Working through sudo as the system user that owns the database, which is how people use it who must
/// not have the file.
///
/// The program then has rights that the person lacks, so it must not lend them: it opens no file that the
/// person names, since that could be the database or somebody's session, and starts no pager, since that
/// starts a shell. Redirections are opened by the person's own shell, with their own rights.
struct Delegation {
  /// Whether sudo has changed the user to one who is not root, who needs no lending.
  let isActive: Bool

  /// - Parameter environment: in which sudo itself says who is asking; sudo lets nobody else set that.
  init(_ environment: [String: String], user: uid_t = geteuid()) {
    isActive = user != 0 && environment["SUDO_UID"].flatMap { uid_t($0) }.map { $0 != user } ?? false
  }

  /// Refuses files by name.
  /// - Parameters:
  ///   - parsed: what was typed.
  ///   - options: those that the command and all commands have; `--db` is left to the file's own checks.
  ///   - arguments: the command's.
  /// - Throws: `FORBIDDEN`
  func check(
    _ parsed: ParsedArguments, options: [OptionSpec], arguments: [ArgumentSpec]
  ) throws(CareError) {
    guard isActive else { return }
    for option in options where Self.isPath(option.value) && option.name != "db" {
      if parsed.values(option.name).contains(where: { $0 != "-" }) { throw Self.refusal("--\(option.name)") }
    }
    for argument in arguments where Self.isPath(argument.value) {
      if parsed.arguments(argument.name).contains(where: { $0 != "-" }) { throw Self.refusal(argument.name) }
    }
  }

  private static func isPath(_ kind: ValueKind) -> Bool { kind == .file || kind == .directory }

  private static func refusal(_ name: String) -> CareError {
    CareError(
      .forbidden, "\(name) cannot name a file when you work as another user through sudo",
      hint: "redirect instead: `- < FILE` to read, `> FILE` to write")
  }
}
