import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere message track`.
enum MessageTrack {
  static let command = Command(
    CommandSpec(
      name: "track",
      abstract: "Take in what became of messages",
      discussion: """
        Reads events and keeps each once: deliveries, opens and clicks, bounces, complaints and unsubscriptions, in \
        any order. The same event, by its id, or without one by recipient, event, time and link, changes nothing a \
        second time, so that a file can be read again after a mistake or an interruption.

        Our own lines are {"recipientId","event","at","url","eventId"}, or messageId and email in place of \
        recipientId; reason may tell more. Events are delivered, opened, clicked, soft_bounced, hard_bounced, \
        complained and unsubscribed. --preset reads what a mail service posts to webhooks: a body a line, an array, \
        or one document over several lines. Events of it that change nothing, such as processed or deferred, are \
        counted as ignored.

        A recipient is found by our id, which goes along in a header of each mail, by the Message-ID, by what the \
        service calls the mail, or else as the latest message to the address before the event.

        A hard bounce suppresses the address, and so do delivery.softBounceLimit soft ones in a row; a complaint \
        does too, and opts the person out, as an unsubscription does. A line that cannot be read, or is about \
        nobody, is listed with its number; the others are taken, and the exit status is 11.
        """,
      arguments: [ArgumentSpec("FILE", "The file to read; - is standard input", value: .file)],
      options: [
        OptionSpec(
          "preset", "PRESET", "Who wrote it; jsonl by default: our own lines",
          value: .choice(EventPreset.allCases.map(\.rawValue)))
      ],
      examples: [
        .init("caresphere message track events.jsonl", "Our own event lines."),
        .init(
          "caresphere message track hooks.log --preset sendgrid --quiet",
          "What a web server kept of a service's posts, from cron."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: TrackingReport().json.keys)
    let preset = context.parsed.value("preset").flatMap(EventPreset.init(rawValue:)) ?? .jsonl
    let limit = try context.configuration().delivery.softBounceLimit
    let provenance = try context.provenance()
    let file = try EventFile(path: context.parsed.argument("FILE") ?? "-", preset: preset)
    let database = try context.database()
    let tracker = try EventTracker(
      database, ids: context.ids, provenance: provenance, softBounceLimit: limit, source: preset.source)
    let bar = ProgressBar(context.console, label: "events", total: nil)
    func parts(_ transaction: (() throws -> Void) throws -> Void) throws {
      while try file.read() {
        try transaction { try file.store(with: tracker) }
        bar.update(file.report.events)
      }
    }
    // What a part changes the next may depend on, so a dry run takes all of them back at once.
    if context.isDryRun {
      try context.write { _ in try parts { try $0() } }
    } else {
      try parts { store in try context.write { _ in try store() } }
    }
    bar.wipe()
    try tell(file.report, context)
  }

  private static func tell(_ report: TrackingReport, _ context: Context) throws {
    try context.emitResult(always: report.failed > 0) {
      try context.output.emit(report: Report(report.json, figures: report.figures))
    }
    guard report.failed > 0 else { return }
    let rest =
      context.isDryRun
      ? "nothing is kept, as this is a dry run"
      : report.failed < report.events ? "the others are taken" : "nothing is taken"
    let omitted = report.failed - report.errors.count
    let listed = omitted > 0 ? "; the first \(report.errors.count) are listed" : ""
    throw CareError(
      .partialFailure,
      "\(report.failed) of \(report.events) events could not be read or matched; \(rest)\(listed)",
      hint: hint(report), details: context.details(besidesReport: .lines(report.errors)))
  }

  private static func hint(_ report: TrackingReport) -> String {
    report.rejected == report.events
      ? "is it the right file? say who wrote it with --preset"
      : "what is mended can be read again with the rest of the file: what was taken counts once"
  }
}

extension TrackingReport {
  /// The report as it is printed.
  var json: JSONObject {
    JSONObject([
      ("events", .integer(events)), ("applied", .integer(applied)), ("duplicates", .integer(duplicates)),
      ("ignored", .integer(ignored)), ("unmatched", .integer(unmatched)), ("rejected", .integer(rejected)),
      ("errors", .array(errors.map(\.json))),
    ])
  }

  /// The report as csv and tsv have it: each problem under its line.
  var figures: [Report.Figure] {
    json.members.filter { $0.key != "errors" }.map {
      Report.Figure(section: "summary", key: $0.key, value: $0.value)
    }
      + errors.map { error in
        let place = "line \(error.line)" + (error.field.map { " \($0)" } ?? "")
        return Report.Figure(section: "errors", key: place, value: .string(error.message))
      }
  }
}
