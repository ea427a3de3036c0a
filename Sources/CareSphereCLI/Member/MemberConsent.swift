import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere member consent`.
enum MemberConsent {
  static let command = Command(
    CommandSpec(
      name: "consent",
      abstract: "Record whether a person wants to be written to",
      discussion: """
        Records that a person wants, or does not want, to be written to on a channel, and prints all their \
        decisions. Nothing is sent to whoever opted out. Opting in takes an earlier opt-out back.
        """,
      arguments: [.members(.one)],
      options: [
        OptionSpec(
          "channel", "CHANNEL", "Which way of writing", value: .choice(Channel.allCases.map(\.rawValue)),
          isRequired: true),
        .flag("opt-in", "They want it"),
        .flag("opt-out", "They do not want it"),
        OptionSpec("reason", "TEXT", "Why, in their words"),
      ],
      examples: [
        .init(
          "caresphere member consent ada@example.org --channel email --opt-out --reason \"asked by phone\"",
          "No more mail."),
        .init(
          "caresphere member consent ada@example.org --channel sms --opt-in", "Text messages are welcome."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func columns(_ context: Context) -> [Column] {
    [Column("id", .id)]
      + Channel.allCases.map { Column($0.rawValue, path: ["consents", $0.rawValue, "state"]) }
      // The whole of it is for JSON, and for whoever asks.
      + (context.parsed.has("fields") ? [Column("consents", .json)] : [])
  }

  private static func run(_ context: Context) throws {
    let columns = Self.columns(context)
    try context.output.check(columns: columns)
    let parsed = context.parsed
    guard parsed.has("opt-in") != parsed.has("opt-out") else {
      throw UsageError("say one of --opt-in and --opt-out", path: parsed.path)
    }
    let state: ConsentState = parsed.has("opt-in") ? .in : .out
    let reason = try reason(parsed.value("reason"))
    guard let channel = parsed.value("channel").flatMap(Channel.init(rawValue:)) else { return }
    let provenance = try context.provenance()
    let (member, consents) = try context.write { database in
      let member = try context.member()
      let before = try ConsentRecord.json(of: member.id, database)
      try MemberStore(database, ids: context.ids, provenance: provenance)
        .decide(state, channel, by: member, reason: reason)
      let after = try ConsentRecord.json(of: member.id, database)
      try AuditLog(database, ids: context.ids, provenance: provenance).append(
        entity: "member", id: member.id, before: only(channel, before), after: only(channel, after))
      return (member, after)
    }
    let record = JSONObject([("id", .string(member.id)), ("consents", .object(consents))])
    try context.emitResult { try context.output.emit(record: record, columns: columns) }
  }

  private static func reason(_ raw: String?) throws -> String? {
    do throws(ValueProblem) {
      return try MemberValues(clock: Clock(zone: .utc)).line(raw ?? "", limit: 500)
    } catch {
      throw CareError(.validation, "the reason is wrong", details: .fields([.init("reason", error.reason)]))
    }
  }

  private static func only(_ channel: Channel, _ consents: JSONObject) -> JSONObject {
    let decision = JSONObject([(channel.rawValue, consents[channel.rawValue] ?? .null)])
    return JSONObject([("consents", .object(decision))])
  }
}
