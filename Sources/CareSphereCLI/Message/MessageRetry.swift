import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere message retry`.
enum MessageRetry {
  static let command = Command(
    CommandSpec(
      name: "retry",
      abstract: "Try failed recipients again",
      discussion: """
        Lets everybody to whom the message could not be sent wait for another attempt, and delivers them at once. It \
        asks first when they are more than one. Whoever is archived, has opted out, or has an address that is \
        suppressed is left out, and told of, until that changes.

        What is held is not sent again, for it may have arrived: when a backup was put back that was made before it was \
        sent, or when a gateway did not say whether it took it. `caresphere message recipients MESSAGE --status held` \
        lists who they are, with the reason. --held writes to them, and not to those who failed.
        """,
      arguments: [.message],
      options: [.flag("held", "Those who are held instead; they may get it twice")],
      examples: [
        .init("caresphere message retry Newsletter", "Write to those who did not get it."),
        .init(
          "caresphere message retry Newsletter --held --dry-run", "See what would come of those who are held."
        ),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: ["message", "recipientCount"] + MessageDelivery.keys)
    let delivery = try MessageDelivery(context)
    let message = try context.message()
    let provenance = try context.provenance()
    let kind: RetriedRecipients.Kind = context.parsed.has("held") ? .held : .failed
    let recipients = RetriedRecipients(
      try context.database(), kind, ids: context.ids, provenance: provenance)
    guard !message.status.isEditable else {
      throw CareError(
        .conflict, "“\(message.title)” has not been sent: it is \(message.status.rawValue)",
        hint: "send it with: caresphere message send MESSAGE")
    }
    let (count, obstacles) = try recipients.look(at: message)
    for obstacle in obstacles.prefix(mostNamed) {
      context.console.notice("\(obstacle.recipient) is not tried again: \(obstacle.reason)")
    }
    if obstacles.count > mostNamed {
      context.console.notice("nor are \(obstacles.count - mostNamed) more")
    }
    guard count > 0 else {
      if obstacles.isEmpty { context.console.notice(nobody(message, kind)) }
      return try delivery.conclude(DeliveryReport(), head: head(0))
    }
    _ = try delivery.plan(message.type)
    if count > 1 {
      let who = kind == .held ? "who may have got it already" : "who did not get it"
      try context.confirm("Send “\(message.title)” again to \(count) people \(who)?")
    }
    let clock = try context.clock()
    var rehearsal: DeliveryReport?
    let begun = try context.write { _ in
      let begun = try recipients.retry(try context.message(), at: clock.now)
      if context.isDryRun { rehearsal = try delivery.rehearse(begun) }
      return begun
    }
    try delivery.conclude(try rehearsal ?? delivery.deliver(begun), head: head(count))
  }

  /// Of how many it is told why they are not tried again.
  private static let mostNamed = 20

  private static func nobody(_ message: Message, _ kind: RetriedRecipients.Kind) -> String {
    switch kind {
    case .held: return "no recipient of “\(message.title)” is held; there is nothing to decide on"
    case .failed:
      let failed = "no recipient of “\(message.title)” failed"
      let held = message.counts.held
      if held == 0 { return "\(failed); there is nothing to try again" }
      return
        "\(failed); \(held) \(held == 1 ? "is" : "are") held, for they may have got it: write to them with: "
        + "caresphere message retry MESSAGE --held"
    }
  }

  private static func head(_ count: Int) -> JSONObject {
    JSONObject([
      ("message", .string(count > 0 ? "Message tried again" : "Nobody to try again")),
      ("recipientCount", .integer(count)),
    ])
  }
}
