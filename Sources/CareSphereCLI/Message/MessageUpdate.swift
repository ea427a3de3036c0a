import CareSphereKit
import CommandLineKit

/// `caresphere message update`.
enum MessageUpdate {
  static let command = Command(
    CommandSpec(
      name: "update",
      abstract: "Change a draft or scheduled message",
      discussion: """
        Changes only what is given; an empty value takes a value away. What is being sent or was sent cannot be \
        changed.

        --to-group, --to-member, --to-where and --to-all name the recipients anew: whoever they do not name does not \
        get it any more. --set replaces all settings that there were. --template takes the texts from the template \
        again. --schedule-at schedules a draft; with an empty value a scheduled message is a draft again.
        """,
      arguments: [.message],
      options: MessageInputFlags.specs
        + [.flag("per-address", "One for each address that several share, which is the default")],
      examples: [
        .init("caresphere message update Picnic --content-file picnic.txt", "Replace the text."),
        .init(
          "caresphere message update Picnic --title 'Picnic 2027' --expires ''", "Rename it, without an end."),
        .init(
          "caresphere message update Picnic --to-group Youth --to-member ada@example.org", "Other recipients."
        ),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    let parsed = context.parsed
    guard !(parsed.has("per-member") && parsed.has("per-address")) else {
      throw UsageError("--per-member and --per-address exclude each other", path: parsed.path)
    }
    let input = try MessageInputFlags.input(context)
    guard !input.isEmpty else {
      throw UsageError(
        "there is nothing to change", hint: "name what, for example --content", path: parsed.path)
    }
    let clock = try context.clock()
    try MessageChange.run(context) { message, store, database in
      let (values, status) = try input.values(over: message, database, clock: clock)
      return try store.update(message, to: values, status: status)
    }
  }
}
