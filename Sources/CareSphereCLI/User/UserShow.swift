import CareSphereKit
import CommandLineKit

/// `caresphere user show`.
enum UserShow {
  static let command = Command(
    CommandSpec(
      name: "show",
      abstract: "Show a user",
      arguments: [.user],
      examples: [.init("caresphere user show eve@example.org", "Shows everything but the password.")]),
    access: .atLeast(.admin), run: run)

  private static func run(_ context: Context) throws {
    let reference = context.parsed.argument("USER") ?? ""
    try UserOutput.emit(try context.userAdministration().visible(reference), context)
  }
}

extension ArgumentSpec {
  /// A reference to a user.
  static let user = ArgumentSpec("USER", "An e-mail address, an id, or the beginning or end of one")
}
