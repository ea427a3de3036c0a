import CareSphereKit
import CommandLineKit

/// `caresphere group show`.
enum GroupShow {
  static let command = Command(
    CommandSpec(
      name: "show",
      abstract: "Show a group",
      arguments: [.group],
      examples: [.init("caresphere group show choir", "The group, with the number of its members.")]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    let record = try context.database().read { try context.record(of: try context.group()) }
    try GroupOutput.emit(record, context)
  }
}
