import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere member untag`.
enum MemberUntag {
  static let command = Command(
    CommandSpec(
      name: "untag",
      abstract: "Take tags off people",
      discussion:
        "Takes tags away, whatever their letter case. It asks first when it is of more than one person.",
      arguments: [.members(.oneOrMore)],
      options: TagChange.options,
      examples: [
        .init("caresphere member untag ada@example.org --tag new", "One tag of one person.")
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try TagChange.run(context, verb: "Untag", key: "untagged") { before, tags in
      let unwanted = Set(tags.map(CaseFolding.fold))
      return before.filter { !unwanted.contains(CaseFolding.fold($0)) }
    }
  }
}
