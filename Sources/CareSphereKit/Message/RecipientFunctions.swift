import SQLiteStore
import TextFormats

/// The functions that the writing of recipients calls.
enum RecipientFunctions {
  /// Lets a connection write recipients. Besides ``FilterFunctions`` it has then:
  /// - `new_uuid()`: a new id;
  /// - `email_key(text)`, `phone_key(text)`: an address as it is compared with others, NULL for NULL;
  /// - `email_digest(text)`, `phone_digest(text)`: an address as `suppressions` keeps it;
  /// - `suppressed_for(source)`: the reason to skip an address.
  /// - Throws: `DatabaseError` where the connection refuses them.
  static func register(on database: Database, ids: UUIDv7Generator) throws {
    try FilterFunctions.register(on: database)
    try database.createFunction("new_uuid", arguments: 0, isDeterministic: false) { _ in .text(ids.next()) }
    let functions: [(name: String, body: (String) -> String)] = [
      ("email_key", CaseFolding.fold), ("phone_key", digits), ("email_digest", ConsentStore.digest(email:)),
      ("phone_digest", ConsentStore.digest(phone:)), ("suppressed_for", SkipReason.suppressed),
    ]
    for (name, body) in functions {
      try database.createFunction(name, arguments: 1) { arguments in
        arguments.text(0).map { .text(body($0)) } ?? .null
      }
    }
  }

  private static func digits(_ phone: String) -> String {
    String(decoding: phone.utf8.filter { (48...57).contains($0) }, as: UTF8.self)
  }
}
