import CRuntime
import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere message test`.
enum MessageTest {
  static let command = Command(
    CommandSpec(
      name: "test",
      abstract: "Send one copy to an address, to see it",
      discussion: """
        Sends exactly what somebody would get to an address of your own, at once and outside of the queue: nobody is \
        recorded as a recipient. It is filled in for --member, or with sample values without it.
        """,
      arguments: [.message],
      options: [
        OptionSpec("to", "ADDRESS", "An e-mail address, or a phone number", isRequired: true),
        OptionSpec(
          "member", "MEMBER", "Filled in for this person: an id or part of one, an e-mail address, or ext:ID"),
      ],
      examples: [
        .init("caresphere message test Newsletter --to me@grace.example", "With sample values."),
        .init(
          "caresphere message test Newsletter --to me@grace.example --member ada@example.org",
          "What Ada would get."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: ["message", "recipient", "transport", "providerId"])
    let message = try context.message()
    guard message.type.channel != nil else {
      throw CareError(
        .validation, "an in-app message goes to no address",
        hint: "see it with: caresphere message preview MESSAGE")
    }
    let plan = try MessageDelivery(context).plan(message.type)
    let outgoing = try compose(message, context).outgoing
    var providerID: String?
    if !context.isDryRun {
      providerID = try plan.connect().deliver(outgoing).checked(plan.name)
    }
    let report = JSONObject([
      ("message", "Test message sent"), ("recipient", .string(outgoing.recipient)),
      ("transport", .string(plan.name)), ("providerId", .optional(providerID)),
    ])
    try context.emitResult { try context.output.emit(report: Report(report)) }
  }

  private static func compose(_ message: Message, _ context: Context) throws -> ComposedMessage {
    let database = try context.database()
    let address = context.parsed.value("to") ?? ""
    return try database.read {
      let composer = try MessageComposer(
        message, database: database, configuration: try context.configuration(), clock: try context.clock())
      guard let reference = context.parsed.value("member") else {
        return try composer.composeSample(recipientID: context.ids.next(), to: address)
      }
      let member = try MemberFinder(database).find(reference)
      return try composer.compose(
        recipientID: context.ids.next(), memberID: member.id, email: address, phone: address)
    }
  }
}

extension DeliveryOutcome {
  /// The server's name for what it has taken.
  /// - Throws: `CareError`: `.unavailable` where it could not be reached or refused for now, `.partialFailure` where it
  ///   refused for good
  func checked(_ name: String) throws(CareError) -> String? {
    switch self {
    case .accepted(let id): return id
    case .deferred(let words): throw CareError(.unavailable, "\(name) does not take it now: \(words)")
    case .unavailable(let words): throw CareError(.unavailable, "\(name) cannot be reached: \(words)")
    case .refused(let words, _): throw CareError(.partialFailure, "\(name) refused it: \(words)")
    case .uncertain(let words):
      throw CareError(.partialFailure, "\(name) may have taken it or not: \(words)")
    }
  }
}
