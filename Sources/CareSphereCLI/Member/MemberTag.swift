import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere member tag`.
enum MemberTag {
  static let command = Command(
    CommandSpec(
      name: "tag",
      abstract: "Tag people",
      discussion: """
        Adds tags to those that people have; one that differs only in letter case is there already. It asks first \
        when they are more than one.
        """,
      arguments: [.members(.oneOrMore)],
      options: TagChange.options,
      examples: [
        .init(
          "caresphere member tag ada@example.org --tag volunteer --tag singer", "Two tags for one person."),
        .init("caresphere member tag ext:17 ext:18 --tag new --yes", "Two people, without asking."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try TagChange.run(context, verb: "Tag", key: "tagged") { before, tags in
      let known = Set(before.map(CaseFolding.fold))
      return MemberValues.sorted(before + tags.filter { !known.contains(CaseFolding.fold($0)) })
    }
  }
}
