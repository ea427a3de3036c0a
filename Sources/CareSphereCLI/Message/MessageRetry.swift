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
        asks first when they are more than one. Who is archived, has opted out, or has an address that is suppressed \
        stays failed, until that changes; what is held is not sent again, for it may have arrived.
        """,
      arguments: [.message],
      examples: [.init("caresphere message retry Newsletter", "Write to those who did not get it.")]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: ["message", "recipientCount"] + MessageDelivery.keys)
    let delivery = try MessageDelivery(context)
    let message = try context.message()
    let provenance = try context.provenance()
    let failed = FailedRecipients(try context.database(), ids: context.ids, provenance: provenance)
    guard !message.status.isEditable else {
      throw CareError(
        .conflict, "“\(message.title)” has not been sent: it is \(message.status.rawValue)",
        hint: "send it with: caresphere message send MESSAGE")
    }
    let (count, obstacles) = try failed.look(at: message)
    for obstacle in obstacles.prefix(20) {
      context.console.notice("\(obstacle.recipient) is not tried again: \(obstacle.reason)")
    }
    guard count > 0 else {
      if obstacles.isEmpty {
        context.console.notice("nobody failed of “\(message.title)”; there is nothing to try again")
      }
      return try delivery.conclude(DeliveryReport(), head: head(0))
    }
    _ = try delivery.plan(message.type)
    if count > 1 {
      try context.confirm("Send “\(message.title)” again to \(count) people who did not get it?")
    }
    let clock = try context.clock()
    var rehearsal: DeliveryReport?
    let begun = try context.write { _ in
      let begun = try failed.retry(try context.message(), at: clock.now)
      if context.isDryRun { rehearsal = try delivery.rehearse(begun) }
      return begun
    }
    try delivery.conclude(try rehearsal ?? delivery.deliver(begun), head: head(count))
  }

  private static func head(_ count: Int) -> JSONObject {
    JSONObject([
      ("message", .string(count > 0 ? "Message tried again" : "Nobody to try again")),
      ("recipientCount", .integer(count)),
    ])
  }
}
