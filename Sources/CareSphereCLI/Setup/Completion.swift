import CommandLineKit

/// `caresphere completion`: the script that makes a shell complete our words.
enum Completion {
  static let command = Command(
    CommandSpec(
      name: "completion",
      abstract: "Print the completion script of a shell",
      discussion: """
        The script completes commands, flags, their choices, files, and names of groups, templates, messages and \
        rules out of the database, where there is one and you are logged in. `make install` puts the scripts where \
        the shells look for them.
        """,
      arguments: [
        ArgumentSpec(
          "SHELL", "Which shell", value: .choice(CompletionScript.Shell.allCases.map(\.rawValue)))
      ],
      examples: [
        .init(
          "caresphere completion bash > ~/.local/share/bash-completion/completions/caresphere", "For bash."),
        .init("caresphere completion zsh > ~/.zsh/functions/_caresphere", "For zsh, in a folder of $fpath."),
        .init("caresphere completion fish > ~/.config/fish/completions/caresphere.fish", "For fish."),
      ]),
    access: .anyone, run: run)

  /// The script for a shell, from the declarations of all commands.
  static func script(_ shell: CompletionScript.Shell) -> String {
    let root = CommandTree.root
    let kinds = Set(nameKinds(of: root)).sorted()
    // Of messages it is the title that people know.
    let sources = kinds.map { kind in
      (kind, [kind, "list", "--fields", kind == MessageNoun.noun.name ? "title" : "name", "--quiet"])
    }
    return CompletionScript(
      root: root, globalOptions: GlobalOptions.all, sources: Dictionary(sources) { first, _ in first }
    ).text(shell)
  }

  /// The scripts under the names by which the shells find them.
  static func files() -> [(name: String, text: String)] {
    CompletionScript.Shell.allCases.map { shell in
      let name =
        switch shell {
        case .bash: "caresphere.bash"
        case .zsh: "_caresphere"
        case .fish: "caresphere.fish"
        }
      return (name, script(shell))
    }
  }

  /// The nouns whose names commands take; `NOUN list` prints them.
  private static func nameKinds(of command: CommandSpec) -> [String] {
    let values = command.options.map(\.value) + command.arguments.map(\.value)
    let kinds = values.compactMap { value in
      if case .name(let kind) = value { kind } else { nil }
    }
    return kinds + command.subcommands.flatMap(nameKinds)
  }

  private static func run(_ context: Context) throws {
    guard let shell = context.parsed.argument("SHELL").flatMap(CompletionScript.Shell.init(rawValue:))
    else { return }
    try context.output.emit(text: script(shell))
  }
}
