import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere member list`.
enum MemberList {
  static let command = Command(spec, access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    let filter = try FilterFlags.filter(context.parsed)
    try emit(filter, context)
  }

  /// Lists whom a filter finds, in the order that `--sort` asks for.
  static func emit(_ filter: MemberFilter, _ context: Context) throws {
    let page = PageOptions(context.parsed)
    var query = MemberQuery(try context.database())
    query.sort = try sort(page, context) ?? .field(.lastName)
    query.isDescending = page.order == .desc
    query.condition = try filter.fragment(try context.filterCompiler())
    try MemberListing.emit(query, page: page, context)
  }

  /// What `--sort` names.
  static func sort(_ page: PageOptions, _ context: Context) throws -> MemberQuery.Sort? {
    guard let name = page.sort else { return nil }
    if let field = MemberQuery.sortable.first(where: { $0.rawValue == name }) { return .field(field) }
    if let path = MemberListing.customColumn(name)?.path.last { return .custom(path) }
    let names = MemberQuery.sortable.map(\.rawValue) + ["custom.NAME"]
    throw UsageError(
      "--sort takes one of \(names.joined(separator: ", ")), not \"\(name)\"",
      hint: EditDistance.nearest(to: name, in: names).map { "did you mean \"\($0)\"?" },
      path: context.parsed.path)
  }

  static let pageSpecs = pageSpecs(byDefault: "last, then first name")

  /// The flags of a page of people.
  /// - Parameter order: what they are sorted by without the flags, for the help.
  static func pageSpecs(byDefault order: String) -> [OptionSpec] {
    PageOptions.specs(sort: MemberQuery.sortable.map(\.rawValue), byDefault: order, isOpen: true)
  }

  private static let spec = CommandSpec(
    name: "list",
    abstract: "List people",
    discussion: """
      Lists everybody, or whom the flags find: all that is given must hold. Lists are complete unless --page or \
      --limit asks for a part.
      """,
    options: FilterFlags.specs + pageSpecs,
    examples: [
      .init("caresphere member list", "Everybody, by name."),
      .init(
        "caresphere member list --where 'age >= 18 and not email is empty' --format ids", "The ids of some."),
      .init("caresphere member list --status active,pending --tag choir --format count", "Only how many."),
      .init("caresphere member list --page 2 --limit 50 --json", "The second fifty."),
    ])
}
