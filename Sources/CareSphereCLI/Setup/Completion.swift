import CommandLineKit

/// `caresphere completion`: the script that makes a shell complete our words.
enum Completion {
  static let command = Command(
    CommandSpec(
      name: "completion",
      abstract: "Print the completion script of a shell",
      discussion: """
        The script completes commands, flags, their choices, files, and names of groups out of the database, where \
        there is one and you are logged in. `make install` puts the scripts where the shells look for them.
        """,
      arguments: [
        ArgumentSpec(
          "SHELL", "bash, zsh or fish", value: .choice(CompletionScript.Shell.allCases.map(\.rawValue)))
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
    CompletionScript(root: CommandTree.root, globalOptions: GlobalOptions.all, sources: names).text(shell)
  }

  /// The commands that print the names of things in the database.
  private static let names = ["group": ["group", "list", "--fields", "name", "--quiet"]]

  private static func run(_ context: Context) throws {
    guard let shell = context.parsed.argument("SHELL").flatMap(CompletionScript.Shell.init(rawValue:))
    else { return }
    // The script has its last line end already.
    try context.console.print(String(script(shell).dropLast()))
  }
}
