import SQLiteStore
import TextFormats

/// The functions that compiled filters call.
public enum FilterFunctions {
  /// Lets a connection run compiled filters. It has then:
  /// - `casefold(text)`: the text as it is compared without case;
  /// - `text_equals(text, folded)`, `text_contains`, `text_starts_with`: whether a text is, contains or
  ///   starts with a folded one, 0 for NULL;
  /// - `has_tag(tags, folded)`, `tag_contains`, `tag_starts_with`: whether a JSON array of tags has one
  ///   that is, contains or starts with a folded text;
  /// - `has_custom(fields, name)`: whether a JSON object has a value that is not empty;
  /// - `custom_matches(fields, name, operator, folded)`: how that value compares with a folded text.
  /// - Throws: `DatabaseError` where the connection refuses them.
  public static func register(on database: Database) throws {
    try database.createFunction("casefold", arguments: 1) { arguments in
      arguments.text(0).map { .text(CaseFolding.fold($0)) } ?? .null
    }
    try register("text_equals", .equal, on: database)
    try register("text_contains", .contains, on: database)
    try register("text_starts_with", .startsWith, on: database)
    try registerTags("has_tag", .equal, on: database)
    try registerTags("tag_contains", .contains, on: database)
    try registerTags("tag_starts_with", .startsWith, on: database)
    try database.createFunction("has_custom", arguments: 2) { arguments in
      guard let fields = arguments.utf8(0), let name = arguments.utf8(1),
        let value = StoredJSON.value(of: name, in: fields)
      else { return .bool(false) }
      return .bool(!CustomComparison.isEmpty(value))
    }
    try database.createFunction("custom_matches", arguments: 4) { arguments in
      guard let fields = arguments.utf8(0), let name = arguments.utf8(1), let symbol = arguments.utf8(2),
        let wanted = arguments.utf8(3), let value = StoredJSON.value(of: name, in: fields)
      else { return .bool(false) }
      return .bool(CustomComparison(symbol: symbol, wanted: wanted).matches(value))
    }
  }

  private static func register(_ name: String, _ test: FoldedText.Test, on database: Database) throws {
    try database.createFunction(name, arguments: 2) { arguments in
      guard let text = arguments.utf8(0), let wanted = arguments.utf8(1) else { return .bool(false) }
      return .bool(FoldedText.matches(text, test, wanted))
    }
  }

  private static func registerTags(_ name: String, _ test: FoldedText.Test, on database: Database) throws {
    try database.createFunction(name, arguments: 2) { arguments in
      guard let tags = arguments.utf8(0), let wanted = arguments.utf8(1) else { return .bool(false) }
      return .bool(StoredJSON.anyElement(of: tags) { FoldedText.matches(json: $0, test, wanted) })
    }
  }
}
