import CommandLineKit

/// A small program with everything that a declaration can say, for the tests of what is derived from it.
enum Sample {
  static let globalOptions: [OptionSpec] = [
    OptionSpec("db", "PATH", "The database", value: .file, environment: "SHOP_DB"),
    OptionSpec(
      "format", short: "f", "FORMAT", "How data is written",
      value: .choice(OutputFormat.common.map(\.rawValue)), environment: "SHOP_FORMAT"),
    .shorthand("json", for: "format", value: "json", "Short for --format json"),
    OptionSpec("output", short: "o", "FILE", "Write there instead of stdout", value: .file),
    .flag("quiet", short: "q", "Nothing on success but the data asked for"),
    .flag("yes", short: "y", "Answer yes"),
    .flag("no-input", "Never prompt", environment: "SHOP_NO_INPUT"),
    .help, .version,
  ]

  static let root = CommandSpec(
    name: "shop", abstract: "Look after a shop",
    discussion: "Keeps the goods of a shop in one file.\n\n  shop item add  # makes one",
    subcommands: [item, completion, help])

  static let item = CommandSpec(
    name: "item", abstract: "Goods", subcommands: [add, list, show, log, assign, export])

  static let add = CommandSpec(
    name: "add", abstract: "Add an item", arguments: [ArgumentSpec("NAME", "What it is called")],
    options: [
      OptionSpec("price", "N", "In cents", value: .integer(0...1_000_000)),
      OptionSpec("tag", "TAG", "A word to find it by", repeats: true),
      OptionSpec("group", short: "g", "GROUP", "Where it stands", value: .name("group"), repeats: true),
    ],
    examples: [
      .init("shop item add 'Red bowl' --price 1200 --tag clay", "Adds a bowl for 12.00"),
      .init("shop item add Cup --dry-run", "Only tries"),
    ])

  static let list = CommandSpec(
    name: "list", abstract: "List the items",
    options: [
      OptionSpec("status", "S,...", "In these states", value: .choices(["active", "sold", "lost"])),
      OptionSpec("since", "TIME", "Added since then"),
      OptionSpec("limit", "N", "At most so many", value: .integer(1...Int.max)),
    ],
    examples: [.init("shop item list --status active,sold", "Without the lost ones")])

  static let show = CommandSpec(
    name: "show", abstract: "Show an item", arguments: [ArgumentSpec("ITEM", "Its id", value: .name("item"))])

  static let log = CommandSpec(
    name: "log", abstract: "Record what happened to an item",
    arguments: [
      ArgumentSpec("ITEM", "Its id"), ArgumentSpec("TYPE", "What kind", value: .choice(["sale", "loss"])),
      ArgumentSpec("TEXT", "In words", arity: .optional),
    ])

  static let assign = CommandSpec(
    name: "assign", abstract: "Put items into a group",
    arguments: [
      ArgumentSpec("ITEM", "What", arity: .oneOrMore), ArgumentSpec("GROUP", "Where", value: .name("group")),
    ])

  static let export = CommandSpec(
    name: "export", abstract: "Write all items",
    options: [
      OptionSpec(
        "format", short: "f", "FORMAT", "How data is written", value: .choice(["csv", "json", "vcard"]))
    ])

  static let completion = CommandSpec(
    name: "completion", abstract: "Print a completion script",
    arguments: [ArgumentSpec("SHELL", "Which shell", value: .choice(["bash", "zsh", "fish"]))])

  static let help = CommandSpec(
    name: "help", abstract: "Explain a command",
    arguments: [ArgumentSpec("COMMAND", "Its words", arity: .zeroOrMore)])

  static func parser(_ environment: [String: String] = [:]) -> Parser {
    Parser(root: root, globalOptions: globalOptions, environment: environment)
  }
}
