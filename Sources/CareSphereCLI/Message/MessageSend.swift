import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere message send`.
enum MessageSend {
  static let command = Command(
    CommandSpec(
      name: "send",
      abstract: "Send a message",
      discussion: """
        Fixes who gets the message, queues one copy each, and delivers them. Whoever opted out, is archived, has no \
        address or one that is suppressed is recorded as skipped, with the reason. It asks first when the message \
        goes to more than one person. With --queue the delivery is left to message deliver.

        Whatever ends it, nobody is lost and nobody gets it twice: message deliver goes on where it stopped. Given \
        a message that is being sent already, this goes on with it. The exit status is 11 where some failed, and 13 \
        where a server cannot be reached, while everybody waits. --dry-run writes every copy, sends none, and takes \
        everything back.
        """,
      arguments: [.message],
      options: [.flag("queue", "Leave the delivery to message deliver")],
      examples: [
        .init("caresphere message send Newsletter", "Send it, after a question."),
        .init(
          "caresphere message send Newsletter --dry-run", "See how many it reaches, and write to nobody."),
        .init("caresphere message send Newsletter --queue --yes", "Let cron deliver it."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: ["message", "recipientCount"] + MessageDelivery.keys)
    let delivery = try MessageDelivery(context)
    let message = try context.message()
    if message.type.channel != nil { _ = try delivery.plan(message.type) }
    try ask(message, delivery, context)
    let isQueued = context.parsed.has("queue")
    var rehearsal: DeliveryReport?
    let begun = try context.write { _ in
      let begun = try begin(delivery, context)
      if context.isDryRun, !isQueued, begun.status == .sending { rehearsal = try delivery.rehearse(begun) }
      return begun
    }
    let report: DeliveryReport
    if isQueued || begun.status != .sending {
      report = DeliveryReport(begun: begun)
    } else {
      report = try (rehearsal ?? delivery.deliver(begun)).adding(begun: begun)
    }
    let isWaiting = isQueued || report.counts.sent == 0 && report.remaining > 0
    let head = JSONObject([
      ("message", .string(isWaiting ? "Message queued for sending" : "Message sent")),
      ("recipientCount", .integer(begun.counts.recipients)),
    ])
    try delivery.conclude(report, head: head)
  }

  private static func begin(_ delivery: MessageDelivery, _ context: Context) throws -> Message {
    let message = try context.message()
    return message.status == .sending ? message : try delivery.begin(message)
  }

  /// Asks whether to write to so many people, whom only the work itself can count.
  private static func ask(_ message: Message, _ delivery: MessageDelivery, _ context: Context) throws {
    guard message.status.isEditable, !context.parsed.has("yes"), !context.isDryRun else { return }
    let counts = try context.database().write(commit: false) { try delivery.begin(message) }.counts
    guard counts.recipients > 1 else { return }
    let skipped =
      counts.skipped == 0 ? "" : " \(counts.skipped) \(counts.skipped == 1 ? "is" : "are") skipped."
    try context.confirm("Send “\(message.title)” to \(counts.recipients) people?\(skipped)")
  }
}
