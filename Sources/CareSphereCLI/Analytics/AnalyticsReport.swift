import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere analytics report`.
enum AnalyticsReport {
  static let command = Command(
    CommandSpec(
      name: "report",
      abstract: "Write all figures as one page with charts",
      discussion: """
        Writes an HTML page with the figures of dashboard, members, messages and engagement: charts with a table \
        behind each, for a screen and for paper, light or dark as the reader's machine is set. It is one file that \
        fetches nothing and runs no script, so that it can be mailed and kept; a browser prints it to PDF. The title is \
        organization.name of the configuration.

        Of cities, membership types, groups, tags, links, templates, rules and people at risk the page has 20 at \
        most, and says so; the other formats have all that the four commands have. With --format json it is one \
        document with the keys dashboard, members, messages and engagement; as csv and tsv the section is which of \
        the four a figure is of.

        The page names people: who takes part most, and who has fallen silent. With --output the file is readable by \
        its owner only (mode 0600), and one that is there already is not replaced without --force.
        """,
      options: AnalyticsFlags.specs + [
        OptionSpec(
          "format", short: "f", "F", "How data is written; html by default",
          value: .choice(formats.map(\.rawValue)), environment: "CARESPHERE_FORMAT")
      ],
      examples: [
        .init("caresphere analytics report --output report.html", "The last twelve months, as a page."),
        .init(
          "caresphere analytics report --since 2025-01-01 --until 2025-12-31 -o 2025.html", "A year."),
        .init(
          "caresphere analytics report --group Youth --period week -o youth.html", "One group, by weeks."),
        .init("caresphere analytics report --format json > figures.json", "The same figures for a program."),
      ]),
    access: .atLeast(.member), run: run)

  private static let formats: [OutputFormat] = [.html, .table, .json, .jsonl, .csv, .tsv]

  private static func run(_ context: Context) throws {
    let output = context.output
    output.defaultFormat = .html
    if output.format == .html {
      if output.options.fields != nil {
        throw UsageError("a page has no --fields", hint: "choose another --format", path: context.parsed.path)
      }
      try checkName(output.options.file, path: context.parsed.path)
    } else {
      try output.checkReport(keys: ["dashboard", "members", "messages", "engagement"])
    }
    let scope = try AnalyticsFlags.scope(context)
    let database = try context.database()
    let figures = try database.read {
      AnalyticsFigures(
        dashboard: try DashboardFigures(scope, database), people: try PeopleFigures(scope, database),
        messaging: try MessagingFigures(scope, database), engagement: try EngagementFigures(scope, database))
    }
    guard output.format == .html else { return try emit(figures, output) }
    let page = ReportPage(
      figures: figures, organization: try context.configuration().organization.name,
      narrowedTo: narrowing(context.parsed), madeAt: context.now
    ).page
    try output.emit(text: page.html())
  }

  /// What the command line wants to be true of the people.
  private static func narrowing(_ parsed: ParsedArguments) -> [String] {
    parsed.values("group").map { "in the group \($0)" } + (parsed.value("where").map { ["with \($0)"] } ?? [])
  }

  /// Endings of files that hold something other than a page, and what makes such a file.
  private static let otherFiles: [String: String] = {
    let formats = Dictionary(
      uniqueKeysWithValues: ["json", "jsonl", "csv", "tsv"].map { ($0, "add --format \($0)") })
    let sheets = ["xls", "xlsx", "ods"].map {
      ($0, "add --format csv and name it .csv, which spreadsheets open")
    }
    let papers = ["pdf", "ps", "doc", "docx", "odt", "rtf"].map {
      ($0, "name it .html, open it in a browser, and print it to a file from there")
    }
    return formats.merging(sheets + papers) { first, _ in first }
  }()

  /// A page under the name of something else would not open.
  private static func checkName(_ file: String?, path: [String]) throws(UsageError) {
    guard let file, let dot = file.lastIndex(of: ".") else { return }
    let ending = file[file.index(after: dot)...].lowercased()
    guard let advice = otherFiles[ending] else { return }
    throw UsageError(
      "the report is an HTML page, and \(file) is not the name of one", hint: advice, path: path)
  }

  private static func emit(_ figures: AnalyticsFigures, _ output: Output) throws {
    let parts = [
      ("dashboard", figures.dashboard.json), ("members", figures.people.json),
      ("messages", figures.messaging.json), ("engagement", figures.engagement.json),
    ]
    let report = Report(JSONObject(parts.map { ($0.0, .object($0.1)) }))
    try output.emit(
      report: report,
      sheet: Sheet(
        lead: RangeLine.text(figures.dashboard.range),
        DashboardView.sheet(figures.dashboard).sections + PeopleView.sheet(figures.people).sections
          + MessagingView.sheet(figures.messaging).sections
          + EngagementView.sheet(figures.engagement).sections))
  }
}
