/// A column of a list or a field of a record, under the one name that it has in every format.
public struct Column: Sendable, Equatable {
  /// The camelCase name: the key in JSON, the heading elsewhere.
  public var name: String
  /// What the column's values are.
  public var kind: Kind
  /// Whether a table shows it without being asked; other formats always have all columns.
  public var shownInTable: Bool
  /// The keys that lead to the value within a record object; `custom.shoeSize` is `["customFields", "shoeSize"]`.
  public var path: [String]

  /// What the column's values are, which decides how a table aligns and shortens them.
  public enum Kind: Sendable, Equatable {
    case text, integer, number, boolean
    /// An array of strings.
    case list
    /// Any JSON.
    case json
    /// A UUID, of which tables show the last 8 characters.
    case id
  }

  /// - Parameters:
  ///   - name: the camelCase name.
  ///   - kind: what its values are.
  ///   - shownInTable: whether a table shows it without being asked.
  ///   - path: the keys that lead to the value within a record object; the name itself by default.
  public init(_ name: String, _ kind: Kind = .text, shownInTable: Bool = true, path: [String]? = nil) {
    self.name = name
    self.kind = kind
    self.shownInTable = shownInTable
    self.path = path ?? [name]
  }
}

/// Where a page stands within its list, as the envelope's `metadata.pagination` tells it.
public struct Pagination: Sendable, Equatable {
  /// The page, from 1.
  public var currentPage: Int
  /// Records on a page.
  public var itemsPerPage: Int
  /// Records in the whole list.
  public var totalItems: Int

  /// - Parameters:
  ///   - page: from 1.
  ///   - limit: records on a page, at least 1.
  ///   - total: records in the whole list.
  public init(page: Int, limit: Int, total: Int) {
    currentPage = page
    itemsPerPage = max(1, limit)
    totalItems = total
  }

  /// Pages of the whole list; 0 where it is empty.
  public var totalPages: Int { totalItems / itemsPerPage + (totalItems % itemsPerPage == 0 ? 0 : 1) }
  /// Whether a page follows.
  public var hasNextPage: Bool { currentPage < totalPages }
  /// Whether a page comes before.
  public var hasPreviousPage: Bool { currentPage > 1 && totalPages > 0 }
}
