import SQLiteStore
import TextFormats

/// The functions that the writing of recipients calls.
enum RecipientFunctions {
  /// Lets a connection write recipients. Besides ``FilterFunctions`` it has then:
  /// - `new_uuid()`: a new id;
  /// - `address_key(channel, text)`: an address as it is compared with others, NULL for NULL;
  /// - `address_digest(channel, text)`: an address as `suppressions` keeps it, NULL for NULL;
  /// - `suppressed_for(source)`: the reason to skip an address.
  /// - Parameter defaultCountry: where phone numbers without a country are from, by which two ways of writing a number
  ///   are told to be one.
  /// - Throws: `DatabaseError` where the connection refuses them.
  static func register(on database: Database, ids: UUIDv7Generator, defaultCountry: String? = nil) throws {
    try FilterFunctions.register(on: database)
    try database.createFunction("new_uuid", arguments: 0, isDeterministic: false) { _ in .text(ids.next()) }
    try register("address_key", on: database) { key($0, $1, defaultCountry: defaultCountry) }
    try register("address_digest", on: database) { SuppressionStore.digest($1, channel: $0) }
    try database.createFunction("suppressed_for", arguments: 1) { arguments in
      arguments.text(0).map { .text(Suppression.skipReason($0)) } ?? .null
    }
  }

  private static func register(
    _ name: String, on database: Database, _ body: @escaping (Channel, String) -> String
  ) throws {
    try database.createFunction(name, arguments: 2) { arguments in
      guard let channel = arguments.text(0).flatMap(Channel.init(rawValue:)), let text = arguments.text(1)
      else { return .null }
      return .text(body(channel, text))
    }
  }

  private static func key(_ channel: Channel, _ address: String, defaultCountry: String?) -> String {
    switch channel {
    case .email: return CaseFolding.fold(address)
    case .sms:
      let number = (try? PhoneNumber.e164(address, defaultCountry: defaultCountry)) ?? address
      return String(decoding: number.utf8.filter { (48...57).contains($0) }, as: UTF8.self)
    case .push: return address
    }
  }
}
