import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere member export`.
enum MemberExport {
  static let command = Command(spec, access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    context.output.defaultFormat = .csv
    if context.output.format == .vcard, context.parsed.has("fields") {
      throw CareError(.usage, "a vCard has all fields", hint: "--fields goes with the other formats")
    }
    let filter = try FilterFlags.filter(context.parsed)
    let page = PageOptions(context.parsed)
    var query = MemberQuery(try context.database())
    query.sort = try MemberList.sort(page, context) ?? .age
    query.isDescending = page.order == .desc
    query.condition = try filter.fragment(try context.filterCompiler())
    // What a filter decides is no property of the people: read back, it would become a group like others.
    query.includesDynamicGroups = false
    if context.output.format == .vcard { return try writeCards(query, page, context) }
    try MemberListing.emit(query, page: page, context)
  }

  private static func writeCards(_ query: MemberQuery, _ page: PageOptions, _ context: Context) throws {
    var query = query
    query.limit = page.limit
    query.offset = page.offset
    let database = try context.database()
    let fields = MemberField.allCases
    try context.output.withStream { stream in
      try database.read {
        try query.each(fields.map { .member($0) }) { row in
          var record = JSONObject()
          for (index, field) in fields.enumerated() {
            record[field.rawValue] = value(of: field, row.text(index))
          }
          var card: [UInt8] = []
          VCardWriter.append(record, to: &card)
          try card.withUnsafeBufferPointer { try stream.append($0) }
        }
      }
    }
  }

  private static func value(of field: MemberField, _ text: String?) -> JSONValue {
    guard let text else { return .null }
    switch field {
    case .tags, .groups, .optOuts, .customFields: return (try? JSONParser.parse(text)) ?? .string(text)
    default: return .string(text)
    }
  }

  private static let spec = CommandSpec(
    name: "export",
    abstract: "Write people as CSV, or in another format",
    discussion: """
      Writes all fields, oldest first, such that member import reads the same again: an export into a new \
      database and out again is the same byte by byte. Dynamic groups are left out, because they follow from \
      the people. On a terminal, characters that would control it are shown visibly, unless --format is given.
      """,
    options: FilterFlags.specs + MemberList.pageSpecs(byDefault: "when they were added, the oldest first,")
      + [
        OptionSpec(
          "format", short: "f", "F", "How data is written; csv by default",
          value: .choice((OutputFormat.common + [.vcard]).map(\.rawValue)), environment: "CARESPHERE_FORMAT")
      ],
    examples: [
      .init("caresphere member export -o people.csv", "Everybody, into a file."),
      .init("caresphere member export --group Choir --format vcard > choir.vcf", "A group as vCards."),
      .init("caresphere member export --format jsonl | head -1", "One record to look at."),
      .init("caresphere member export --fields firstName,lastName,custom.shoeSize", "Only some columns."),
    ])
}
