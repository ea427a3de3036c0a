/// Completion scripts for bash, zsh and fish, rendered from the declarations: commands, flags, choices, files, and
/// names out of the database, which the program itself is asked for.
///
/// Names are data. They are read line by line, compared and quoted for the shell, and never evaluated.
public struct CompletionScript: Sendable {
  /// The shells there is a script for.
  public enum Shell: String, CaseIterable, Sendable { case bash, zsh, fish }

  let root: CommandSpec
  let globalOptions: [OptionSpec]
  let sources: [String: [String]]
  let context: [String]

  /// - Parameters:
  ///   - root: the program.
  ///   - globalOptions: what every command accepts.
  ///   - sources: for each kind of `ValueKind.name`, the words after the program's name that print one name a line
  ///     in the headerless `tsv` that comes by itself off a terminal: `["group", "list", "--fields", "name", "-q"]`.
  ///     The environment variable of the option `format` is emptied for the call.
  ///   - context: names of global options whose values on the command line go along with the call: `db`.
  public init(
    root: CommandSpec, globalOptions: [OptionSpec], sources: [String: [String]],
    context: [String] = ["db", "config"]
  ) {
    self.root = root
    self.globalOptions = globalOptions
    self.sources = sources
    self.context = context
  }

  /// The script for a shell.
  public func text(_ shell: Shell) -> String {
    switch shell {
    case .bash: bash()
    case .zsh: zsh()
    case .fish: fish()
    }
  }

  /// A command and the words that lead to it.
  struct Entry {
    var path: [String]
    var command: CommandSpec
    var words: String { path.joined(separator: " ") }
  }

  /// All commands, the program itself first.
  var entries: [Entry] {
    func below(_ entry: Entry) -> [Entry] {
      [entry] + entry.command.subcommands.flatMap { below(Entry(path: entry.path + [$0.name], command: $0)) }
    }
    return below(Entry(path: [], command: root))
  }

  /// The long flags of the options that go along with a call.
  var contextFlags: [String] {
    globalOptions.filter { context.contains($0.name) && $0.placeholder != nil }.map(\.flag)
  }

  /// What stands before a call: `CARESPHERE_FORMAT='' `.
  var callPrefix: String {
    globalOptions.first { $0.name == "format" }?.environment.map { "\($0)='' " } ?? ""
  }

  /// The words of a call for names, or nil where this kind has no source.
  func source(_ value: ValueKind) -> [String]? {
    if case .name(let kind) = value { sources[kind] } else { nil }
  }

  /// A word in single quotes for bash and zsh, where it needs them.
  static func quote(_ word: String) -> String {
    let isPlain = !word.isEmpty && word.unicodeScalars.allSatisfy { plain.contains($0) }
    if isPlain { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  private static let plain = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=,".unicodeScalars)
}

extension OptionSpec {
  /// `-f` and `--format`.
  var flags: [String] { (short.map { ["-\($0)"] } ?? []) + [flag] }
}
