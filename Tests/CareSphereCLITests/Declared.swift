import CommandLineKit

@testable import CareSphereCLI

/// A command of the program, with the words that lead to it: what the tests over the declarations go through.
struct Declared: CustomStringConvertible, Sendable {
  var path: [String]
  var spec: CommandSpec

  var description: String { ([CommandTree.root.name] + path).joined(separator: " ") }
  /// Whether it is run, and no noun.
  var isVerb: Bool { spec.subcommands.isEmpty }
  /// Its own options and the global ones.
  var options: [OptionSpec] { spec.allOptions(global: GlobalOptions.all) }

  /// The program, its nouns and its verbs.
  static let all: [Declared] = below(Declared(path: [], spec: CommandTree.root))

  /// What is run.
  static let verbs = all.filter(\.isVerb)

  private static func below(_ command: Declared) -> [Declared] {
    [command]
      + command.spec.subcommands.flatMap { below(Declared(path: command.path + [$0.name], spec: $0)) }
  }

  /// The long flags that some command takes, with their dashes.
  static let flags = Set(all.flatMap(\.options).map(\.flag))
}

/// The long flags in a text: `--first-name`.
func longFlags(in text: some StringProtocol) -> Set<String> {
  var flags: Set<String> = []
  var rest = Array(text.unicodeScalars)[...]
  var previous: Unicode.Scalar?
  func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || (scalar >= "a" && scalar <= "z") || (scalar >= "0" && scalar <= "9")
  }
  while let scalar = rest.first {
    if scalar == "-", previous.map({ isWord($0) || $0 == "_" }) != true {
      let word = rest.prefix(while: isWord)
      rest = rest.dropFirst(word.count)
      previous = word.last
      let flag = String(String.UnicodeScalarView(word))
      if flag.hasPrefix("--"), let letter = flag.dropFirst(2).first, letter >= "a" && letter <= "z" {
        flags.insert(flag)
      }
    } else {
      previous = scalar
      rest.removeFirst()
    }
  }
  return flags
}

/// The commands of a line of shell, as lists of words: quotes are taken off, pipes and `||` part commands,
/// redirections are left out.
func shellCommands(_ line: String) -> [[String]] {
  var commands: [[String]] = [[]]
  var word: String?
  var quote: Character?
  var isRedirected = false
  func endWord() {
    if let word, !isRedirected { commands[commands.count - 1].append(word) }
    if word != nil { isRedirected = false }
    word = nil
  }
  for character in line {
    switch (quote, character) {
    case (character?, _): quote = nil
    case (_?, _): word = (word ?? "") + String(character)
    case (nil, "'"), (nil, "\""):
      quote = character
      word = word ?? ""
    case (nil, " "): endWord()
    case (nil, "|"), (nil, ";"), (nil, "&"):
      endWord()
      if commands.last?.isEmpty == false { commands.append([]) }
    case (nil, ">"), (nil, "<"):
      endWord()
      isRedirected = true
    default: word = (word ?? "") + String(character)
    }
  }
  endWord()
  return commands.filter { !$0.isEmpty }
}
