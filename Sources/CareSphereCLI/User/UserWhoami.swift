import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere user whoami`.
enum UserWhoami {
  static let command = Command(
    CommandSpec(
      name: "whoami",
      abstract: "Show who is logged in",
      discussion: """
        Shows the role as it counts for this command: that of a service token can be below that of the admin \
        who made it.
        """,
      examples: [.init("caresphere user whoami --json", "Prints the profile.")]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    let actor = try context.actor()
    guard var user = try UserStore(try context.database(), now: context.now).find(id: actor.id) else {
      throw CareError(.unauthorized, "this user has been deleted")
    }
    user.role = actor.role
    var record = user.json
    if case .serviceToken(let name) = actor.credential { record["token"] = .string(name) }
    try context.output.emit(
      record: record, columns: UserOutput.columns + [Column("token", shownInTable: false)])
  }
}
