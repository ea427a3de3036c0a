import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere template render`.
enum TemplateRender {
  private static let columns = [Column("subject"), Column("content")]
  /// Data is for one text; what is larger is the wrong file.
  private static let maximumBytes = 16 << 20

  static let command = Command(
    CommandSpec(
      name: "render",
      abstract: "Fill in a template",
      discussion: """
        Prints the content as it is after filling in, so that `render NAME > page.html` is the page; with --format \
        json, jsonl, csv or tsv the subject too. Without --member the person's fields are empty; message.* and \
        unsubscribeUrl belong to a message and are empty here.

        A name that is not known is an error, as it is when a message is sent; with --data, whose names are its \
        own, it is empty, as the Mustache specification has it. --set comes before --data, which comes before \
        all else; {{.}} is the data itself.
        """,
      arguments: [.template],
      options: [
        OptionSpec("member", "MEMBER", "For this person: an id or part of one, an e-mail address, or ext:ID"),
        OptionSpec("set", "NAME=VALUE", "A name and what it stands for", repeats: true),
        OptionSpec("data", "FILE", "Names and what they stand for, as JSON; - is stdin", value: .file),
      ],
      examples: [
        .init("caresphere template render birthday --member ada@example.org", "What she would read."),
        .init("caresphere template render news --set theme=Harvest > news.html", "A page for the browser."),
        .init("caresphere template render invoice --data invoice.json", "From any JSON."),
      ]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    let settings = try MustacheContext.settings(context.parsed.values("set"))
    let data = try readData(context)
    let database = try context.database()
    let text = try database.read {
      let template = try context.template()
      let finder = TemplateFinder(database)
      if data == nil {
        try TemplateReview(
          template.values.texts, template: template.name,
          names: TemplateNames(declared: template.values.variables, settings: settings.keys), finder: finder
        ).check("“\(template.name)”")
      }
      let today = try context.clock().today
      let values = template.values
      let program = try TemplateProgram(
        subject: values.subject, content: values.content, escaping: values.bodyFormat.escaping,
        context: .forMembers(
          organization: try context.configuration().organization, today: today, settings: settings, data: data
        ),
        partial: finder.partial)
      return try program.render(try fields(context, today))
    }
    try emit(text, context)
  }

  private static func fields(_ context: Context, _ today: CalendarDate) throws -> [JSONValue] {
    guard let reference = context.parsed.value("member") else { return [] }
    let member = try MemberFinder(try context.database()).find(reference)
    return TemplateFields.values(of: try context.record(of: member), today: today)
  }

  private static func readData(_ context: Context) throws -> JSONValue? {
    guard let path = context.parsed.value("data") else { return nil }
    return try InputText.json(path, maximumBytes: maximumBytes, context.console) { error in
      .lines([
        .init(line: error.position.line, column: error.position.column, field: nil, message: error.message)
      ])
    }
  }

  private static func emit(_ text: (subject: String?, content: String), _ context: Context) throws {
    let output = context.output
    guard output.options.format == nil, output.options.fields == nil else {
      let record = JSONObject([("subject", .optional(text.subject)), ("content", .string(text.content))])
      return try output.emit(record: record, columns: columns)
    }
    try output.emit(stored: text.content)
  }
}
