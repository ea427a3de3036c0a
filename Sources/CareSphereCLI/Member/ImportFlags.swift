import CareSphereKit
import CommandLineKit

/// The flags of `member import`, and what they amount to.
enum ImportFlags {
  static let specs: [OptionSpec] = [
    OptionSpec(
      "input-format", "F", "What the file is; by its name and beginning by default",
      value: .choice(InputFormat.allCases.map(\.rawValue))),
    OptionSpec(
      "preset", "P", "Whose columns the file has; by its headings by default",
      value: .choice(ImportPreset.allCases.map(\.rawValue))),
    OptionSpec("map", "HEADING=FIELD", "Take this column for that field", repeats: true),
    OptionSpec(
      "unmapped", "WHAT",
      "What happens to columns that are not known; error by default, ignore with a preset",
      value: .choice(UnmappedColumns.allCases.map(\.rawValue))),
    OptionSpec(
      "match", "KEY", "How a row finds its member; auto by default",
      value: .choice(MatchMode.allCases.map(\.rawValue))),
    OptionSpec(
      "encoding", "E", "How the text is encoded; by its bytes by default",
      value: .choice(TextEncoding.allCases.map(\.rawValue))),
    OptionSpec(
      "on-conflict", "WHAT", "What happens to a member who is there with other values; skip by default",
      value: .choice(ConflictPolicy.allCases.map(\.rawValue))),
    OptionSpec(
      "blank", "WHAT", "Whether an empty cell keeps what is there, or clears it; keep by default",
      value: .choice(BlankCells.allCases.map(\.rawValue))),
    OptionSpec(
      "date-order", "ORDER", "The order of dates such as 3/4/2020",
      value: .choice(DateOrder.allCases.map(\.rawValue))),
    OptionSpec("group", "GROUP", "Put everybody in this group", value: .name("group"), repeats: true),
    OptionSpec("tag", "TAG", "Tag everybody", repeats: true),
    OptionSpec(
      "status", "STATUS", "The status of new members whose row says none",
      value: .choice(MemberStatus.allCases.map(\.rawValue))),
    .flag("skip-invalid", "Import the good rows although others are bad"),
    OptionSpec(
      "rejects", "FILE",
      "Write the bad rows to this new file, with their lines and reasons; --force replaces one that is there",
      value: .file),
    OptionSpec(
      "max-errors", "N", "Give up after more bad rows than this", value: .integer(0...1_000_000_000)),
    .flag("trigger-rules", "Let rules fire for what is imported"),
    .flag("resubscribe", "Let the file undo opt-outs, with --on-conflict update"),
  ]

  /// - Throws: `CareError(.usage)` for a bad `--map`, `CareError(.validation)` for a bad tag or group
  static func options(_ parsed: ParsedArguments) throws -> ImportOptions {
    var options = ImportOptions(path: parsed.argument("FILE") ?? "-")
    options.inputFormat = choice(parsed, "input-format") ?? .auto
    options.encoding = choice(parsed, "encoding") ?? .auto
    options.mapping = MappingOptions(
      preset: choice(parsed, "preset") ?? .auto,
      assignments: try parsed.values("map").map(ColumnAssignment.init),
      unmapped: choice(parsed, "unmapped"), blank: choice(parsed, "blank") ?? .keep)
    options.match = choice(parsed, "match") ?? .auto
    options.onConflict = choice(parsed, "on-conflict") ?? .skip
    options.dateOrder = choice(parsed, "date-order")
    options.status = choice(parsed, "status")
    options.skipsInvalid = parsed.has("skip-invalid")
    options.maximumErrors = parsed.integer("max-errors")
    options.resubscribes = parsed.has("resubscribe")
    options.triggersRules = parsed.has("trigger-rules")
    let values = MemberValues(clock: Clock(zone: .utc))
    do {
      options.tags = try values.tags(parsed.values("tag")) ?? []
      options.groups = try values.groups(parsed.values("group")) ?? []
    } catch {
      throw CareError(.validation, "--tag or --group \(error.reason)")
    }
    guard options.skipsInvalid || !parsed.has("rejects") else {
      throw UsageError("--rejects goes with --skip-invalid", path: parsed.path)
    }
    return options
  }

  /// The value of a `.choice`, which the parser has checked.
  private static func choice<T: RawRepresentable<String>>(_ parsed: ParsedArguments, _ option: String) -> T? {
    parsed.value(option).flatMap(T.init(rawValue:))
  }
}
