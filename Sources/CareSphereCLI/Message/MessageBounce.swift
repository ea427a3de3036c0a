import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere message bounce`.
enum MessageBounce {
  static let command: Command = {
    var command = Command(spec, access: .atLeast(.moderator), run: run)
    command.isForMailServers = true
    return command
  }()

  private static let spec = CommandSpec(
    name: "bounce",
    abstract: "Take in a mail that came back",
    discussion: """
      Reads one mail, as a mail server hands it to a program, and understands delivery status notifications (RFC \
      3464), complaints (RFC 5965), bounces in the words of qmail and Exim, and mails with the subject: unsubscribe \
      RECIPIENT-ID. Status 5.1.x, a bad address, suppresses it; any other failure fails that mail, and counts as a \
      soft bounce, as a delay does. A complaint suppresses and opts out, an unsubscription opts out. The same mail \
      twice counts once.

      Anything else, such as a note that somebody is away, changes nothing: the exit status is 0. It is 75 where the \
      mail server should keep the mail and try again: the database is busy or cannot be opened, or the disk is full.
      """,
    arguments: [ArgumentSpec("FILE", "The mail; - is standard input", value: .file)],
    examples: [
      .init("caresphere message bounce - < bounce.eml", "What a mail server's pipe does."),
      .init("caresphere message bounce bounce.eml --dry-run", "See what would follow from it."),
    ])

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: ["kind", "applied", "duplicates", "unmatched", "events"])
    let limit = try context.configuration().delivery.softBounceLimit
    let bytes = try ReturnedMail.bytes(path: context.parsed.argument("FILE") ?? "-")
    let mail = ReturnedMail(bytes, now: context.now)
    if mail.kind == .other {
      context.console.notice("no bounce, complaint or unsubscription; nothing is changed")
    }
    let provenance = try context.provenance()
    let tracked =
      mail.events.isEmpty
      ? []
      : try context.write { database in
        try EventTracker(
          database, ids: context.ids, provenance: provenance, softBounceLimit: limit,
          source: "unsubscribe mail"
        ).track(mail.events)
      }
    let report = report(mail, tracked)
    try context.emitResult { try context.output.emit(report: report) }
  }

  private static func report(_ mail: ReturnedMail, _ tracked: [EventTracker.Tracked]) -> Report {
    func count(_ outcome: EventTracker.Outcome) -> JSONValue {
      .integer(tracked.count { $0.outcome == outcome })
    }
    let events = zip(mail.events, tracked).map { event, tracked in
      JSONObject([
        ("event", .string(event.kind.rawValue)), ("at", .string(event.at.description)),
        ("address", .optional(tracked.address ?? event.clues.address)),
        ("recipientId", .optional(tracked.recipientID ?? event.clues.recipientID)),
        ("reason", .optional(event.detail)), ("outcome", .string(tracked.outcome.rawValue)),
      ])
    }
    return Report(
      JSONObject([
        ("kind", .string(mail.kind.rawValue)), ("applied", count(.applied)),
        ("duplicates", count(.duplicate)), ("unmatched", count(.unmatched)),
        ("events", .array(events.map(JSONValue.object))),
      ]))
  }
}
