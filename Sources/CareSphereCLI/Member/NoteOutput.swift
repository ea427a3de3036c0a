import CareSphereKit
import CommandLineKit

/// How notes and activities are shown.
enum NoteOutput {
  /// The fields of a note, in the API design's names.
  static func noteColumns(_ output: Output) -> [Column] {
    [
      Column("id", .id), Column("note"), Column("noteType"), Column("isPrivate", .boolean), author(output),
      Column("createdAt"),
    ]
  }

  /// The fields of an activity, in the API design's names.
  static func activityColumns(_ output: Output) -> [Column] {
    [
      Column("id", .id), Column("activityType"), Column("description"), Column("metadata", .json),
      author(output), Column("createdAt"),
    ]
  }

  /// Who wrote it: in JSON `{"id","name"}`, elsewhere the name.
  private static func author(_ output: Output) -> Column {
    let isJSON = output.format == .json || output.format == .jsonl
    return isJSON ? Column("createdBy", .json) : Column("createdBy", path: ["createdBy", "name"])
  }

  /// The column that a new record has besides those of the list.
  static let member = Column("memberId", .text, shownInTable: false)
}
