import TextFormats

/// What a command line asks for.
public enum Invocation: Sendable {
  /// Help on the command with these words; on the program where there are none.
  case help([String])
  /// The program's version.
  case version
  /// A command, with what it was given.
  case run(ParsedArguments)
}

/// Turns the words of a command line into a command and its checked arguments. It is a pure function of the
/// declarations, the environment handed in and the words: it touches no file and no terminal.
///
/// Long flags are never abbreviated, `--flag value` and `--flag=value` mean the same, short flags cluster
/// (`-qy`, `-fjson`), `--` ends flags, and the word after a flag that takes a value is its value even if it
/// begins with `-` (POSIX Utility Syntax Guidelines 5 to 10, and the GNU long options).
public struct Parser: Sendable {
  /// The program.
  public let root: CommandSpec
  /// What every command accepts.
  public let globalOptions: [OptionSpec]
  let environment: [String: String]

  /// - Parameters:
  ///   - root: the program; its subcommands are the nouns, and theirs the verbs.
  ///   - globalOptions: what every command accepts besides its own; a command's option of the same name wins.
  ///   - environment: the variables that `OptionSpec.environment` names.
  public init(root: CommandSpec, globalOptions: [OptionSpec], environment: [String: String]) {
    self.root = root
    self.globalOptions = globalOptions
    self.environment = environment
  }

  /// Parses the words that follow the program's name.
  /// - Throws: `UsageError` for the first mistake, unless help or the version is asked for anywhere in the line.
  public func parse(_ words: [String]) throws(UsageError) -> Invocation {
    var scan = Scan(root: root, globalOptions: globalOptions)
    scan.read(words)
    if scan.given["help"] != nil { return .help(scan.path) }
    if scan.given["version"] != nil { return .version }
    if let problem = scan.problem { throw problem }
    if scan.path == ["help"] { return .help(try helpTopic(scan.positionals)) }
    if !scan.command.subcommands.isEmpty {
      if scan.path.isEmpty { return .help([]) }
      throw missingVerb(scan)
    }
    let positionals = try assign(scan.positionals, to: scan.command.arguments, path: scan.path)
    var options = scan.given
    try addEnvironment(to: &options, command: scan.command, path: scan.path)
    try require(scan.command.options.filter { $0.isRequired && options[$0.name] == nil }, path: scan.path)
    return .run(ParsedArguments(path: scan.path, options: options, positionals: positionals))
  }

  /// The value that an option has on a command line, however wrong the rest of the line may be; with its
  /// environment variable as a stand-in. It serves to report mistakes the way the caller asked for.
  /// - Returns: nil where the option is not given or its value is not a valid one.
  public func requested(_ option: String, in words: [String]) -> String? {
    var scan = Scan(root: root, globalOptions: globalOptions)
    scan.read(words)
    if let value = scan.given[option]?.first { return value }
    guard let spec = scan.option(named: option), let variable = spec.environment,
      let value = environment[variable], !value.isEmpty, spec.value.problem(with: value) == nil
    else { return nil }
    return value
  }

  private func helpTopic(_ words: [String]) throws(UsageError) -> [String] {
    var path: [String] = []
    var command = root
    for word in words {
      guard let next = command.subcommands.first(where: { $0.name == word }) else {
        throw Scan.unknownCommand(word, in: command, path: path, root: root)
      }
      command = next
      path.append(word)
    }
    return path
  }

  private func missingVerb(_ scan: Scan) -> UsageError {
    let name = ([root.name] + scan.path).joined(separator: " ")
    let verbs = scan.command.subcommands.map(\.name).joined(separator: ", ")
    return UsageError("\(name) needs one of \(verbs)", path: scan.path)
  }

  /// Names all flags that are missing, so that nobody learns of them one by one.
  private func require(_ missing: [OptionSpec], path: [String]) throws(UsageError) {
    guard !missing.isEmpty else { return }
    let flags = missing.map { "\($0.flag) \($0.placeholder ?? "")" }
    throw UsageError(
      "\(flags.joined(separator: ", ")) \(flags.count == 1 ? "is" : "are") missing", path: path)
  }

  /// Hands the words to the declared arguments from left to right; each takes as many as it may while
  /// enough are left for those after it. What is missing are the last ones, for people type the first ones first.
  private func assign(
    _ words: [String], to arguments: [ArgumentSpec], path: [String]
  ) throws(UsageError) -> [String: [String]] {
    if let missing = arguments.filter(\.isRequired).dropFirst(words.count).first {
      throw UsageError("\(missing.name) is missing", path: path)
    }
    var rest = words[...]
    var result: [String: [String]] = [:]
    for (index, argument) in arguments.enumerated() {
      let needed = arguments[(index + 1)...].count { $0.arity == .one || $0.arity == .oneOrMore }
      let available = max(0, rest.count - needed)
      let taken = argument.takesSeveral ? available : min(1, available)
      if taken == 0 { continue }
      let values = Array(rest.prefix(taken))
      rest = rest.dropFirst(taken)
      for value in values {
        if let problem = argument.value.problem(with: value) {
          throw UsageError("\(argument.name) \(problem.reason)", hint: problem.hint, path: path)
        }
      }
      result[argument.name] = values
    }
    if let extra = rest.first {
      throw UsageError("unexpected argument \(UsageError.quote(extra))", path: path)
    }
    return result
  }

  /// Fills in from the environment what the command line leaves open. An empty variable counts as unset.
  private func addEnvironment(
    to options: inout [String: [String]], command: CommandSpec, path: [String]
  ) throws(UsageError) {
    for option in command.allOptions(global: globalOptions) where options[option.name] == nil {
      guard let variable = option.environment, let value = environment[variable], !value.isEmpty
      else { continue }
      if option.placeholder == nil {
        if value != "0", value.lowercased() != "false" { options[option.name] = [] }
      } else if let problem = option.value.problem(with: value) {
        throw UsageError(
          "the environment variable \(variable) \(problem.reason)", hint: problem.hint, path: path)
      } else {
        options[option.name] = [value]
      }
    }
  }
}

extension ArgumentSpec {
  /// Whether at least one word is needed.
  public var isRequired: Bool { arity == .one || arity == .oneOrMore }
  /// Whether more than one word is taken.
  public var takesSeveral: Bool { arity == .oneOrMore || arity == .zeroOrMore }
}
