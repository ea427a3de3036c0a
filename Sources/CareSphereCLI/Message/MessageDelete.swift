import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere message delete`.
enum MessageDelete {
  static let command = Command(
    CommandSpec(
      name: "delete",
      abstract: "Delete a message",
      discussion: """
        Deletes a draft or a scheduled message. What was sent can be deleted by admins, and then who got it and \
        what they did with it is gone as well. What is being sent cannot be deleted, nor what a rule waits for to be \
        opened, clicked or refused, but with --force that rule is disabled.
        """,
      arguments: [.message],
      options: [.forceRules],
      examples: [.init("caresphere message delete Picnic", "Delete it; nobody is asked.")]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: ["message", "deleted"])
    let provenance = try context.provenance()
    let actor = try context.actor()
    let message = try context.write { database in
      let message = try context.message()
      try context.release(.message(message))
      try MessageStore(database, ids: context.ids, provenance: provenance).delete(message, by: actor)
      return message
    }
    let report = JSONObject([
      ("message", "Message deleted successfully"), ("deleted", MessageOutput.reference(message)),
    ])
    try context.emitResult { try context.output.emit(report: Report(report)) }
  }
}
