import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere message unsuppress`.
enum MessageUnsuppress {
  static let command = Command(
    CommandSpec(
      name: "unsuppress",
      abstract: "Let an address be written to again",
      discussion: """
        Takes an address off the list of suppressions, on every channel and whatever its letter case. Who \
        opted out stays so, and a complaint opts out too: only the person's own wish changes that, by: caresphere \
        member consent MEMBER --channel CHANNEL --opt-in.
        """,
      arguments: [ArgumentSpec("ADDRESS", "An e-mail address or a phone number")],
      examples: [
        .init("caresphere message unsuppress ada@example.org", "Her mailbox was full; it is not any more.")
      ]),
    access: .atLeast(.admin), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: ["message", "address", "channels"])
    let address = context.parsed.argument("ADDRESS") ?? ""
    let provenance = try context.provenance()
    let lifted = try context.write { database in
      try SuppressionStore(database, provenance: provenance).lift(address, ids: context.ids)
    }
    let report = JSONObject([
      ("message", "Suppression lifted successfully"), ("address", .string(address)),
      ("channels", .strings(lifted.map(\.channel.rawValue))),
    ])
    try context.emitResult { try context.output.emit(report: Report(report)) }
  }
}
