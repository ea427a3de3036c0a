import CareSphereKit
import CommandLineKit

/// Which part of a list is wanted, in which order: `--sort F --order asc|desc --page N --limit N`.
struct PageOptions: Equatable, Sendable {
  enum Order: String, CaseIterable, Sendable { case asc, desc }

  /// How many there are on a page where `--page` comes without `--limit`.
  static let defaultLimit = 20

  /// The field to sort by; nil where none was asked for.
  var sort: String?
  /// Nil where none was asked for.
  var order: Order?
  /// From 1; nil where the list is not paged.
  var page: Int?
  /// At least 1; nil where the list is not paged.
  var limit: Int?

  /// The flags.
  /// - Parameters:
  ///   - fields: what can be sorted by.
  ///   - byDefault: the order without the flags, for the help: `name`.
  ///   - isOpen: whether other fields, such as `custom.NAME`, can be sorted by as well.
  static func specs(sort fields: [String], byDefault: String, isOpen: Bool = false) -> [OptionSpec] {
    [
      OptionSpec(
        "sort", "FIELD", "Sort by this field\(isOpen ? " or custom.NAME" : ""); by \(byDefault) by default",
        value: isOpen ? .text : .choice(fields)),
      OptionSpec(
        "order", "ORDER", "Ascending or descending", value: .choice(Order.allCases.map(\.rawValue))),
      OptionSpec(
        "page", "N", "The page, from 1; \(defaultLimit) a page without --limit", value: .integer(1...Int.max)),
      OptionSpec("limit", "N", "How many at most", value: .integer(1...Int.max)),
    ]
  }

  /// What was typed of the flags, which the parser has checked.
  init(_ parsed: ParsedArguments) {
    sort = parsed.value("sort")
    order = parsed.value("order").flatMap(Order.init(rawValue:))
    limit = parsed.integer("limit")
    page = parsed.integer("page") ?? limit.map { _ in 1 }
    if page != nil, limit == nil { limit = Self.defaultLimit }
  }

  /// How many records come before the page.
  var offset: Int {
    guard let page, let limit else { return 0 }
    let (offset, overflow) = (page - 1).multipliedReportingOverflow(by: limit)
    return overflow ? Int.max : offset
  }

  /// What a list is sorted by that has the newest first where the flags do not say otherwise.
  /// - Parameter time: the field that tells what is newest.
  func sorting<Field: RawRepresentable<String> & Equatable>(
    newestFirst time: Field
  ) -> (field: Field, isAscending: Bool) {
    let field = sort.flatMap(Field.init(rawValue:)) ?? time
    return (field, order.map { $0 == .asc } ?? (field != time))
  }

  /// What the envelope tells of the page; nil where the list is complete.
  /// - Parameter total: counts the whole list.
  func pagination(total: () throws -> Int) rethrows -> Pagination? {
    guard let page, let limit else { return nil }
    return Pagination(page: page, limit: limit, total: try total())
  }

  /// How many of a whole list are on the page.
  func count(of total: Int) -> Int { min(limit ?? Int.max, max(0, total - offset)) }

  /// The page of a list that is at hand.
  func slice<Element>(_ list: [Element]) -> [Element] {
    Array(list.dropFirst(offset).prefix(limit ?? Int.max))
  }
}
