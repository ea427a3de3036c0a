import CareSphereKit
import CommandLineKit

/// `caresphere user list`.
enum UserList {
  static let command = Command(
    CommandSpec(
      name: "list",
      abstract: "list the users",
      examples: [.init("caresphere user list --fields email,role,status", "Shows who may do what.")]),
    access: .atLeast(.admin), run: run)

  private static func run(_ context: Context) throws {
    let users = try UserStore(try context.database(), now: context.now).list()
    try context.output.emit(
      list: "users", columns: UserOutput.columns, records: users.lazy.map(\.json))
  }
}
