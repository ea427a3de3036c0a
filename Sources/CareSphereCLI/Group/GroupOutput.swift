import CareSphereKit
import CommandLineKit
import SQLiteStore
import TextFormats

/// How groups are shown.
enum GroupOutput {
  /// The fields of a group, in the API design's names.
  static let columns = [
    Column("id", .id), Column("name"), Column("description", shownInTable: false), Column("type"),
    Column("color", shownInTable: false), Column("icon", shownInTable: false),
    Column("memberCount", .integer),
    Column("query"), Column("dynamic", .boolean, shownInTable: false),
    Column("createdAt", shownInTable: false),
    Column("updatedAt", shownInTable: false),
  ]

  /// Shows one group.
  static func emit(_ record: JSONObject, _ context: Context) throws {
    try context.output.emit(record: record, columns: columns)
  }

  /// A group as reports name it.
  static func reference(_ group: Group) -> JSONValue {
    ["id": .string(group.id), "name": .string(group.name)]
  }

  /// "1 member", "12 members".
  static func members(_ count: Int) -> String { count == 1 ? "1 member" : "\(count) members" }
}

extension ArgumentSpec {
  /// GROUP.
  static let group = ArgumentSpec("GROUP", "A name, or an id or part of one", value: .name("group"))
}

extension Context {
  /// The group that the command line names.
  func group() throws -> Group {
    try GroupFinder(try database()).resolve(parsed.argument(ArgumentSpec.group.name) ?? "")
  }

  func groupFilters() throws -> GroupFilters {
    GroupFilters(try database(), compiler: try filterCompiler())
  }

  /// The record of a group; one whose filter cannot be applied any more has no count.
  func record(of group: Group) throws -> JSONObject {
    do {
      return group.json(memberCount: try groupFilters().memberCount(of: group))
    } catch let error as CareError {
      console.warning("the members of “\(group.name)” cannot be counted: \(error.message)")
      return group.json(memberCount: nil)
    }
  }
}
