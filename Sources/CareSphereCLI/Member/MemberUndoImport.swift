import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere member undo-import`.
enum MemberUndoImport {
  static let command = Command(spec, access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: ["batchId", "deleted", "restored", "kept", "optOutsTakenBack"])
    let reference = context.parsed.argument("BATCH") ?? ""
    let provenance = try context.provenance()
    let size = try ImportUndo.size(of: reference, try context.database())
    try context.confirm(
      "Take back an import that created or changed \(size) \(size == 1 ? "member" : "members")?")
    let report = try context.write { database in
      var undo = try ImportUndo(database, batch: reference, ids: context.ids, provenance: provenance)
      return try undo.run(ids: context.ids, provenance: provenance)
    }
    let json = JSONObject([
      ("batchId", .string(report.batchID)), ("deleted", .integer(report.deleted)),
      ("restored", .integer(report.restored)), ("kept", .strings(report.kept)),
      ("optOutsTakenBack", .integer(report.optOutsTakenBack)),
    ])
    if report.optOutsTakenBack > 0 {
      let count = report.optOutsTakenBack
      context.console.warning(
        "\(count) \(count == 1 ? "opt-out" : "opt-outs") that the import had brought \(count == 1 ? "goes" : "go") with "
          + "it; import the files that are right once more"
      )
    }
    try context.emitResult(always: !report.kept.isEmpty) { try context.output.emit(report: Report(json)) }
    guard report.kept.isEmpty else {
      throw CareError(
        .partialFailure,
        "\(report.kept.count) of the import's members \(report.kept.count == 1 ? "was" : "were") changed since and left "
          + "alone; the rest is taken back",
        hint: "see what was changed with: caresphere audit --entity ID",
        details: context.details(
          besidesReport: .fields(report.kept.map { .init($0, "was changed since the import") })))
    }
  }

  private static let spec = CommandSpec(
    name: "undo-import",
    abstract: "Take an import back",
    discussion: """
      Deletes whom the import created and puts back what it changed. Members that were changed since, or have \
      got notes, activities or other groups, are left alone and listed, with exit status 11. Opt-outs that the \
      import brought go with it, and a warning says how many; those that somebody has confirmed since, by hand, by mail \
      or by another file that says the same, stay, with the address where the person goes; so does what two files have \
      said when both are taken back (caresphere member consent undoes it).
      """,
    arguments: [ArgumentSpec("BATCH", "The batchId of the import's report, or part of it")],
    examples: [.init("caresphere member undo-import 019a7f3c --yes", "Take it back without asking.")])
}
