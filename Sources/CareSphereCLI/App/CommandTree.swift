import CommandLineKit

/// All commands. A new noun is one line in `nouns`.
package enum CommandTree {
  static let nouns: [Noun] = [
    SetupNoun.noun,
    MemberNoun.noun,
    GroupNoun.noun,
    TemplateNoun.noun,
    MessageNoun.noun,
    RuleNoun.noun,
    AnalyticsNoun.noun,
    UserNoun.noun,
  ]

  /// The whole program as declarations.
  package static let root = CommandSpec(
    name: "caresphere",
    abstract: "Keep a community's people, groups and messages in one file",
    discussion: """
      The members of a church or community, in one SQLite file, for scripts, cron and people. Every change \
      is one transaction, every failure has a code of its own, and nothing is ever sent or stored twice.
      """,
    examples: [
      .init(
        "caresphere init --admin ada@example.org --full-name \"Ada Obi\"", "Make the database and log in."),
      .init("caresphere member import people.csv", "Read people from a spreadsheet, all of them or none."),
      .init(
        "caresphere member list --where 'status = active and tag = volunteer'", "See whom a filter finds."),
      .init("caresphere member export | wc -l", "Write everybody as CSV."),
    ],
    subcommands: nouns.flatMap { noun in
      noun.name.isEmpty
        ? noun.verbs.map(\.spec)
        : [
          CommandSpec(
            name: noun.name, abstract: noun.abstract, discussion: noun.discussion,
            subcommands: noun.verbs.map(\.spec))
        ]
    } + [help])

  /// Answered by the parser.
  private static let help = CommandSpec(
    name: "help", abstract: "Explain a command",
    arguments: [ArgumentSpec("NOUN", "The noun, or a command without one", arity: .zeroOrMore)],
    examples: [.init("caresphere help member import", "Explain one verb.")])

  /// The command that these words name.
  static func command(_ path: [String]) -> Command? {
    for noun in nouns {
      let words = noun.name.isEmpty ? [] : [noun.name]
      if let verb = noun.verbs.first(where: { words + [$0.spec.name] == path }) { return verb }
    }
    return nil
  }
}
