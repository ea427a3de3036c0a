/// Everything that is known of a command before it runs. The parser, `--help`, the man pages, the
/// shell completions and the README's table are all rendered from this one declaration.
public struct CommandSpec: Sendable {
  /// The word that is typed: `import`.
  public var name: String
  /// One line, in the imperative, without a full stop.
  public var abstract: String
  /// Paragraphs of plain text, separated by empty lines. A line that begins with two spaces is kept
  /// as it stands.
  public var discussion: String
  /// What follows its words, in this order.
  public var arguments: [ArgumentSpec]
  /// The flags that it takes besides the global ones.
  public var options: [OptionSpec]
  /// Command lines to begin with.
  public var examples: [Example]
  /// The commands below it; a command with some is not run itself.
  public var subcommands: [CommandSpec]

  /// A command, of which only name and abstract are always there.
  public init(
    name: String, abstract: String, discussion: String = "", arguments: [ArgumentSpec] = [],
    options: [OptionSpec] = [], examples: [Example] = [], subcommands: [CommandSpec] = []
  ) {
    self.name = name
    self.abstract = abstract
    self.discussion = discussion
    self.arguments = arguments
    self.options = options
    self.examples = examples
    self.subcommands = subcommands
  }

  /// A command line that can be typed, and what it does.
  public struct Example: Sendable {
    /// What is typed.
    public var command: String
    /// What it does, as a sentence.
    public var explanation: String
    /// A command line, and what it does.
    public init(_ command: String, _ explanation: String) {
      self.command = command
      self.explanation = explanation
    }
  }
}

/// A positional argument.
public struct ArgumentSpec: Sendable {
  /// As it is written in usage lines: `MEMBER`.
  public var name: String
  /// What it is, without a full stop.
  public var help: String
  /// What values it takes.
  public var value: ValueKind
  /// How many words it takes.
  public var arity: Arity

  /// How many words an argument takes.
  public enum Arity: Sendable { case one, optional, oneOrMore, zeroOrMore }

  /// An argument, one word by default.
  public init(_ name: String, _ help: String, value: ValueKind = .text, arity: Arity = .one) {
    self.name = name
    self.help = help
    self.value = value
    self.arity = arity
  }
}

/// A flag, with or without a value.
public struct OptionSpec: Sendable {
  /// Without the dashes: `first-name`.
  public var name: String
  /// The letter after a single dash.
  public var short: Character?
  /// How its value is written in usage lines, `NAME`; nil for a flag that takes none.
  public var placeholder: String?
  /// What it does, without a full stop.
  public var help: String
  /// What values it takes.
  public var value: ValueKind
  /// Whether it may be given more than once, its values accumulating.
  public var repeats: Bool
  /// The environment variable that stands in for it.
  public var environment: String?
  /// Whether the command cannot do without it.
  public var isRequired = false
  /// For a flag that is short for another with a value: `--json` for `--format json`.
  public var standsFor: Setting?

  /// An option and the value that it is given.
  public struct Setting: Sendable, Equatable {
    /// The option's name.
    public var option: String
    /// What it is given.
    public var value: String
    /// An option and its value.
    public init(option: String, value: String) {
      self.option = option
      self.value = value
    }
  }

  /// A flag that takes a value.
  public init(
    _ name: String, short: Character? = nil, _ placeholder: String, _ help: String,
    value: ValueKind = .text, repeats: Bool = false, environment: String? = nil, isRequired: Bool = false
  ) {
    self.name = name
    self.short = short
    self.placeholder = placeholder
    self.help = help
    self.value = value
    self.repeats = repeats
    self.environment = environment
    self.isRequired = isRequired
  }

  /// A flag that takes no value.
  public static func flag(
    _ name: String, short: Character? = nil, _ help: String, environment: String? = nil
  ) -> OptionSpec {
    var option = OptionSpec(name, short: short, "", help, environment: environment)
    option.placeholder = nil
    return option
  }

  /// A flag that is short for another option with a value, as `--json` is for `--format json`.
  public static func shorthand(
    _ name: String, short: Character? = nil, for option: String, value: String, _ help: String
  ) -> OptionSpec {
    var shorthand = flag(name, short: short, help)
    shorthand.standsFor = Setting(option: option, value: value)
    return shorthand
  }

  /// `-h`, `--help`: the parser answers it with `Invocation.help`.
  public static let help = flag("help", short: "h", "Show help and stop")

  /// `--version`: the parser answers it with `Invocation.version`.
  public static let version = flag("version", "Show the version and stop")

  /// As it is typed: `--first-name`.
  public var flag: String { "--" + name }
}

extension CommandSpec {
  /// The command that `path` leads to, from this one; nil where a word of it is unknown.
  public func command(at path: some Sequence<String>) -> CommandSpec? {
    var command = self
    for word in path {
      guard let next = command.subcommands.first(where: { $0.name == word }) else { return nil }
      command = next
    }
    return command
  }

  /// The options accepted after this command: its own, and those of `globalOptions` that it does not
  /// declare anew under the same name.
  public func allOptions(global globalOptions: [OptionSpec]) -> [OptionSpec] {
    options + globalOptions.filter { global in !options.contains { $0.name == global.name } }
  }
}

/// What a value is, for checking it while parsing and for completing it in a shell.
public enum ValueKind: Sendable, Equatable {
  case text
  /// A whole number within the range.
  case integer(ClosedRange<Int>)
  /// One of these words.
  case choice([String])
  /// One or several of these words, joined by commas.
  case choices([String])
  case file
  case directory
  /// The name of something in the database, completed from it: `group`, `template`, `rule`.
  case name(String)
}
