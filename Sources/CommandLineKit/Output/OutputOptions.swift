import TextFormats

/// What a person chose about the data: the global flags that concern output.
public struct OutputOptions: Sendable, Equatable {
  /// `--format`; nil where the terminal decides.
  public var format: OutputFormat?
  /// `--fields`: names in the order asked for.
  public var fields: [String]?
  /// Not `--no-headers`.
  public var headers = true
  /// `--raw`.
  public var raw = false
  /// `--bom`.
  public var byteOrderMark = false
  /// `--output`; nil for stdout, which `-o -` is too.
  public var file: String?
  /// `--force`.
  public var force = false
  /// Not `--no-pager`.
  public var pager = true
  /// The words of the command, whose usage is shown with a mistake in these flags.
  public var path: [String] = []

  /// Nothing chosen: the terminal decides.
  public init() {}

  /// Reads the flags `format`, `fields`, `no-headers`, `raw`, `bom`, `output`, `force` and `no-pager`.
  public init(_ parsed: ParsedArguments) {
    format = parsed.value("format").flatMap(OutputFormat.init(rawValue:))
    fields = parsed.has("fields") ? parsed.list("fields") : nil
    headers = !parsed.has("no-headers")
    raw = parsed.has("raw")
    byteOrderMark = parsed.has("bom")
    file = parsed.value("output").flatMap { $0 == "-" ? nil : $0 }
    force = parsed.has("force")
    pager = !parsed.has("no-pager")
    path = parsed.path
  }

  /// The columns that `fields` names, in that order; all of them where it names none.
  /// - Parameters:
  ///   - columns: what there is.
  ///   - dynamic: the column for a name that is not among them, such as `custom.shoeSize`; nil for one there is not.
  /// - Throws: `UsageError` that lists the fields.
  func select(from columns: [Column], dynamic: ((String) -> Column?)?) throws(UsageError) -> [Column] {
    guard let fields else { return columns }
    let names = columns.map(\.name)
    let list = "the fields are \(names.joined(separator: ", "))"
    if fields.isEmpty { throw UsageError("--fields names no field", hint: list, path: path) }
    var selected: [Column] = []
    for field in fields {
      guard let column = columns.first(where: { $0.name == field }) ?? dynamic?(field) else {
        let nearest = EditDistance.nearest(to: field, in: names)
        let hint = nearest.map { "did you mean \"\($0)\"? \(list)" } ?? list
        throw UsageError("--fields has no \(UsageError.quote(field))", hint: hint, path: path)
      }
      if selected.contains(where: { $0.name == column.name }) {
        throw UsageError("--fields names \(UsageError.quote(field)) twice", path: path)
      }
      selected.append(column)
    }
    return selected
  }
}
