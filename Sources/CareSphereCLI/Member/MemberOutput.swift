import CareSphereKit
import CommandLineKit
import SQLiteStore
import TextFormats

/// How a single member is shown.
enum MemberOutput {
  static let columns =
    MemberListing.columns + [Column("consents", .json)]

  /// The record to show of a member as the database holds them now. Take it within the transaction that
  /// changed them, and show it after: nobody waits for a lock while somebody reads a terminal.
  static func record(of member: Member, _ context: Context) throws -> JSONObject {
    let isJSON = context.output.format == .json || context.output.format == .jsonl
    return try context.record(of: member).json(namesGroups: !isJSON)
  }

  /// Checks `--fields` before anything is changed.
  static func check(_ context: Context) throws {
    try context.output.check(columns: columns, dynamic: MemberListing.customColumn)
  }

  static func emit(_ record: JSONObject, _ context: Context) throws {
    try context.output.emit(record: record, columns: columns, dynamic: MemberListing.customColumn)
  }
}

extension Context {
  /// A member with groups and consents.
  func record(of member: Member) throws -> MemberRecord {
    let database = try database()
    let dynamic = try GroupFinder(database).all().filter(\.isDynamic)
    guard !dynamic.isEmpty else { return try MemberRecord(member, database, dynamicGroups: []) }
    let compiler = try filterCompiler()
    return try MemberRecord(
      member, database, dynamicGroups: try dynamic.map { ($0, try compiler.membership(ofDynamic: $0)) })
  }
}
