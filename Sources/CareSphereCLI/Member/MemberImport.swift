import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere member import`.
enum MemberImport {
  static let command = Command(spec, access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: ImportReport().json.keys)
    let options = try ImportFlags.options(context.parsed)
    let values = MemberValues(clock: try context.clock(), source: .file(options.dateOrder))
    let reader = try RecordReaders.open(
      path: options.path, format: options.inputFormat, encoding: options.encoding)
    let mapper = try RecordMapper(headings: reader.headings, options: options.mapping, values: values)
    let rejects = try rejectsPath(context.parsed).map {
      try RejectsFile(path: $0, headings: reader.headings, force: context.parsed.has("force"))
    }
    let provenance = try context.provenance()
    let bar = ProgressBar(context.console, label: "rows", total: nil)
    try context.database().keepTemporaryInMemory()
    let report: ImportReport = try context.write { database in
      try database.setCacheSize(kibibytes: 128 << 10)
      let importer = try MemberImporter(database, options: options, ids: context.ids, provenance: provenance)
      importer.progress = bar.update
      if let rejects { importer.reject = rejects.add }
      return try importer.run(reader, mapper: mapper)
    }
    bar.wipe()
    if report.rejected > 0, !context.isDryRun { try rejects?.commit() }
    // What failed is never passed over, however quiet.
    try context.emitResult(always: report.rejected > 0) {
      // In JSON and csv a script may look for one of them; a person sees what kind of rows they are by a few.
      let shown = context.output.format == .table ? 10 : ImportReport.namedSkips
      try context.output.emit(report: Report(report.json(skippedRows: shown), figures: report.figures))
    }
    warn(report, context)
    if report.rejected > 0 {
      let were = report.rejected == 1 ? "was" : "were"
      let rest =
        context.isDryRun
        ? "nothing is imported, as this is a dry run"
        : report.rejected < report.rows ? "the others are imported" : "nothing is imported"
      throw CareError(
        .partialFailure, "\(report.rejected) of \(report.rows) rows \(were) rejected; \(rest)",
        hint: rejects == nil
          ? "to have the bad rows in a file, and mend them there, add --rejects FILE" : nil,
        details: context.details(besidesReport: .lines(report.errors)))
    }
  }

  /// Shows the first warning of each kind, with what to do about it.
  private static func warn(_ report: ImportReport, _ context: Context) {
    for (field, remedy) in [
      ("emailOptOut", "opt them out with: caresphere member consent ID --channel email --opt-out"),
      (
        "externalId",
        context.isDryRun
          ? "see WHO IT IS in caresphere-import(7)"
          : "take it back with member undo-import, and see WHO IT IS in caresphere-import(7)"
      ),
    ] {
      let warnings = report.warnings.filter { $0.field == field }
      guard let first = warnings.first else { continue }
      let rest = warnings.count > 1 ? "; and \(warnings.count - 1) more like it" : ""
      context.console.warning("line \(first.line): \(first.message)\(rest); \(remedy)")
    }
  }

  /// The file of `--rejects`. The report is on stdout, so that the rows cannot be there too.
  private static func rejectsPath(_ parsed: ParsedArguments) throws -> String? {
    let path = parsed.value("rejects")
    if let path, path == "-" || path.isEmpty {
      throw UsageError(
        "--rejects takes the name of a file, not \"\(path)\"", hint: "for example --rejects bad.csv",
        path: parsed.path)
    }
    return path
  }

  private static let spec = CommandSpec(
    name: "import",
    abstract: "Read people from a file, all of them or none",
    discussion: """
      Reads CSV, TSV, JSON, JSON Lines or vCard and stores everybody in it, in one transaction: one bad row \
      and nothing is written, and every bad row is listed with its line, its field and the reason. With \
      --skip-invalid the good rows go in, the bad ones go to the file that --rejects names, and the exit \
      status is 11.

      A row finds its member by the first that it has of id, external id, e-mail, phone and date of birth, \
      together with the names where it has names; --match settles on one key. Where several members could be \
      meant the row is bad. A member who is there with the same values is left alone; with other values the \
      row is skipped, unless --on-conflict says otherwise. Tags and groups only add. Opt-outs in the file \
      always apply, and are undone by a file only with --resubscribe. caresphere-import(7) tells all of this, and how \
      to get the files out of other programs.
      """,
    arguments: [ArgumentSpec("FILE", "The file to read; - is standard input", value: .file)],
    options: ImportFlags.specs,
    examples: [
      .init("caresphere member import people.csv", "Import a spreadsheet."),
      .init("caresphere member import people.csv --dry-run", "See what would happen."),
      .init(
        "caresphere member import google.csv --on-conflict update --group Choir",
        "Take what a Google export says, and put everybody in a group."),
      .init(
        "caresphere member import people.csv --skip-invalid --rejects bad.csv", "Keep the bad rows for later."
      ),
      .init(
        "caresphere member import people.csv --map 'Handy=phone' --unmapped ignore", "Say what a column is."),
    ])
}

extension ImportReport {
  /// The report as csv and tsv have it: each bad value under its line.
  var figures: [Report.Figure] {
    var figures = json.members.filter { !$0.value.isList }.map {
      Report.Figure(section: "summary", key: $0.key, value: $0.value)
    }
    let lists = [
      ("groupsCreated", groupsCreated), ("groupsIgnored", groupsIgnored), ("ignoredColumns", ignoredColumns),
    ]
    for (section, names) in lists {
      figures += names.enumerated().map {
        .init(section: section, key: String($0.offset + 1), value: .string($0.element))
      }
    }
    for (section, problems) in [("errors", errors), ("skippedRows", skippedRows), ("warnings", warnings)] {
      figures += problems.map { problem in
        let place = "line \(problem.line)" + (problem.field.map { " \($0)" } ?? "")
        return .init(section: section, key: place, value: .string(problem.message))
      }
    }
    return figures
  }

  /// The report as it is printed.
  var json: JSONObject { json(skippedRows: Self.namedSkips) }

  /// The report with no more than so many of the skipped rows.
  func json(skippedRows count: Int) -> JSONObject {
    JSONObject([
      ("batchId", .optional(batchID)), ("rows", .integer(rows)), ("created", .integer(created)),
      ("updated", .integer(updated)), ("unchanged", .integer(unchanged)), ("skipped", .integer(skipped)),
      ("rejected", .integer(rejected)), ("errors", .array(errors.map(\.json))),
      ("skippedRows", .array(skippedRows.prefix(count).map(\.json))),
      ("warnings", .array(warnings.map(\.json))),
      ("groupsCreated", .strings(groupsCreated)), ("groupsIgnored", .strings(groupsIgnored)),
      ("ignoredColumns", .strings(ignoredColumns)),
      ("preset", .optional(preset?.rawValue)), ("format", .string(format.rawValue)),
      ("encoding", .string(encoding.rawValue)), ("skippedEntries", .integer(skippedEntries)),
    ])
  }
}

extension JSONValue {
  fileprivate var isList: Bool { if case .array = self { true } else { false } }
}
