import CareSphereKit
import CommandLineKit

/// `caresphere member search`.
enum MemberSearch {
  static let command = Command(spec, access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    var filter = try FilterFlags.filter(context.parsed)
    let words = (context.parsed.arguments("QUERY") + [filter.search].compactMap { $0 }).joined(separator: " ")
    filter.search = words
    try MemberList.emit(filter, context)
  }

  private static let spec = CommandSpec(
    name: "search",
    abstract: "Find people by words of name, e-mail or phone",
    discussion: """
      Every word must be the beginning of a word in the name or the e-mail address, or a part of the phone \
      number; accents and letter case make no difference.
      """,
    arguments: [ArgumentSpec("QUERY", "Words of name, e-mail or phone", arity: .oneOrMore)],
    options: FilterFlags.specs + MemberList.pageSpecs,
    examples: [
      .init("caresphere member search obi", "Everybody with a name that begins so."),
      .init("caresphere member search ada example.org", "A first name and a mail server."),
      .init("caresphere member search '0801 234'", "Part of a phone number."),
    ])
}
