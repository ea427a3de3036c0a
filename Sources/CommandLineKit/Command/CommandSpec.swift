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
  public var arguments: [ArgumentSpec]
  public var options: [OptionSpec]
  public var examples: [Example]
  public var subcommands: [CommandSpec]

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
    public var command: String
    public var explanation: String
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
  public var help: String
  public var value: ValueKind
  public var arity: Arity

  public enum Arity: Sendable { case one, optional, oneOrMore, zeroOrMore }

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
  public var short: Character?
  /// How its value is written in usage lines, `NAME`; nil for a flag that takes none.
  public var placeholder: String?
  public var help: String
  public var value: ValueKind
  /// Whether it may be given more than once, its values accumulating.
  public var repeats: Bool
  /// The environment variable that stands in for it.
  public var environment: String?

  /// A flag that takes a value.
  public init(
    _ name: String, short: Character? = nil, _ placeholder: String, _ help: String,
    value: ValueKind = .text, repeats: Bool = false, environment: String? = nil
  ) {
    self.name = name
    self.short = short
    self.placeholder = placeholder
    self.help = help
    self.value = value
    self.repeats = repeats
    self.environment = environment
  }

  /// A flag that takes no value.
  public static func flag(
    _ name: String, short: Character? = nil, _ help: String, environment: String? = nil
  ) -> OptionSpec {
    var option = OptionSpec(name, short: short, "", help, environment: environment)
    option.placeholder = nil
    return option
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
