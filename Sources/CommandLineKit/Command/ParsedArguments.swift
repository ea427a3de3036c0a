/// What was typed, checked against the command's declaration.
public struct ParsedArguments: Sendable {
  /// The words of the command, without the program's name: `["member", "import"]`.
  public var path: [String]
  var options: [String: [String]]
  var positionals: [String: [String]]

  /// What the parser found; flags without a value have an empty list.
  public init(path: [String], options: [String: [String]], positionals: [String: [String]]) {
    self.path = path
    self.options = options
    self.positionals = positionals
  }

  /// Whether the flag was given.
  public func has(_ option: String) -> Bool { options[option] != nil }

  /// The option's value, from the command line or its environment variable.
  public func value(_ option: String) -> String? { options[option]?.last }

  /// All values of an option that repeats, in their order; empty where it was not given.
  public func values(_ option: String) -> [String] { options[option] ?? [] }

  /// The words of an option that takes several joined by commas, white space at their ends and empty ones
  /// left out: `--status active,inactive`.
  public func list(_ option: String) -> [String] { values(option).flatMap(ValueKind.words(of:)) }

  /// The value of an option declared `.integer`; the parser has checked it.
  public func integer(_ option: String) -> Int? { value(option).flatMap { Int($0) } }

  /// The value of the positional argument with this name.
  public func argument(_ name: String) -> String? { positionals[name]?.first }

  /// The values of the positional argument with this name.
  public func arguments(_ name: String) -> [String] { positionals[name] ?? [] }
}
