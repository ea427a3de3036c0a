import CommandLineKit
import Testing

@testable import CareSphereCLI

/// Help, man pages and completions say what is declared, all of it, and nothing else.
@Suite struct RenderingTests {
  /// The flags of other programs that our texts speak of: of `useradd`.
  private static let foreign: Set = ["--system", "--create-home", "--home-dir"]
  private static let help = HelpPage(
    root: CommandTree.root, globalOptions: GlobalOptions.all, width: 120, isBold: false)

  @Test(arguments: Declared.all)
  func helpHasEverythingDeclaredAndNothingElse(_ command: Declared) {
    let text = Self.help.text(command.path)
    #expect(text.contains(command.spec.abstract))
    for example in command.spec.examples { #expect(text.contains(example.command)) }
    for sub in command.spec.subcommands { #expect(text.contains("\n  \(sub.name) ")) }
    for argument in command.spec.arguments { #expect(text.contains(argument.usage)) }
    for option in command.spec.options { #expect(text.contains(option.term), "\(option.term)") }
    let flags = longFlags(in: text)
    #expect(Set(command.options.map(\.flag)).isSubset(of: flags))
    // Texts speak of other commands' flags, but of none that is nowhere.
    #expect(flags.subtracting(Declared.flags).isSubset(of: Self.foreign), "\(flags)")
  }

  @Test(arguments: Declared.all.filter { !$0.isVerb })
  func aManPageHasEverythingDeclaredAndNothingElse(_ noun: Declared) throws {
    let name = ([CommandTree.root.name] + noun.path).joined(separator: "-") + ".1"
    let page = try #require(ManPages.files().first { $0.name == name }).text
    let text = Self.plain(page)
    for verb in noun.spec.subcommands {
      #expect(text.contains(verb.name) && text.contains(Self.collapsed(verb.abstract)), "\(verb.name)")
      if !verb.subcommands.isEmpty { continue }
      for argument in verb.arguments { #expect(text.contains(argument.name), "\(argument.name)") }
      for option in verb.options {
        #expect(text.contains(Self.collapsed(option.term)), "\(verb.name) \(option.term)")
        #expect(text.contains(Self.collapsed(option.help)), "\(verb.name) \(option.term)")
      }
      for example in verb.examples { #expect(text.contains(Self.collapsed(example.command))) }
    }
    let own = noun.spec.subcommands.filter(\.subcommands.isEmpty).flatMap(\.options).map(\.flag)
    let flags = longFlags(in: text)
    #expect(Set(own + GlobalOptions.all.map(\.flag)).isSubset(of: flags))
    #expect(flags.subtracting(Declared.flags).isSubset(of: Self.foreign), "\(flags)")
  }

  @Test func thereIsAManPageForEveryNoun() {
    let nouns = Declared.all.filter { !$0.isVerb }
    let names = nouns.map { ([CommandTree.root.name] + $0.path).joined(separator: "-") + ".1" }
    #expect(ManPages.files().map(\.name).filter { $0.hasSuffix(".1") } == names)
  }

  /// `caresphere-filter(7)`.
  @Test func everyPageThatTextsReferToIsThere() {
    let files = Set(ManPages.files().map(\.name))
    let texts = ManPages.files().map { Self.plain($0.text) } + Declared.all.map { Self.help.text($0.path) }
    for text in texts {
      for piece in text.split(separator: " ") where piece.hasPrefix("caresphere") {
        let parts = piece.split(whereSeparator: { $0 == "(" || $0 == ")" })
        guard parts.count >= 2, piece.contains("("), let section = Int(parts[1]) else { continue }
        #expect(files.contains("\(parts[0]).\(section)"), "\(piece)")
      }
    }
  }

  @Test(arguments: CompletionScript.Shell.allCases)
  func completionsHaveEverythingDeclaredAndNothingElse(_ shell: CompletionScript.Shell) {
    let text = Completion.script(shell)
    let words = Set(text.split { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "_" }.map(String.init))
    for command in Declared.all {
      if let name = command.path.last { #expect(words.contains(name), "\(name)") }
    }
    // In fish a long flag is written `-l first-name`.
    let flags =
      shell == .fish
      ? Set(
        text.split(separator: "\n").filter { $0.hasPrefix("complete ") }.flatMap { line in
          line.split(separator: " -l ").dropFirst().map { "--" + $0.prefix { $0 != " " } }
        })
      : longFlags(in: text)
    #expect(Declared.flags.subtracting(flags) == [])
    #expect(flags.subtracting(Declared.flags) == [])
  }

  /// The text of a manual page without its fonts and escapes, its white space made single spaces.
  private static func plain(_ page: String) -> String {
    var text = page
    for (escape, plain) in [
      ("\\fB", ""), ("\\fI", ""), ("\\fR", ""), (" \\\n", " "), ("\\&", ""), ("\\-", "-"), ("\\(aq", "'"),
      ("\\(dq", "\""), ("\\(ga", "`"), ("\\(ha", "^"), ("\\(ti", "~"), ("\\[u2026]", "…"), ("\\e", "\\"),
    ] {
      text = text.split(separator: escape, omittingEmptySubsequences: false).joined(separator: plain)
    }
    return collapsed(text)
  }

  private static func collapsed(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
