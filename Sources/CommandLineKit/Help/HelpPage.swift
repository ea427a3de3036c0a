import TextFormats

/// `--help` of the program, a noun or a verb, rendered from the declarations.
public struct HelpPage: Sendable {
  private let root: CommandSpec
  private let globalOptions: [OptionSpec]
  private let width: Int
  private let isBold: Bool

  /// - Parameters:
  ///   - root: the program.
  ///   - globalOptions: what every command accepts.
  ///   - width: the columns to wrap at.
  ///   - isBold: whether headings are set in bold, with terminal escapes.
  public init(root: CommandSpec, globalOptions: [OptionSpec], width: Int = 80, isBold: Bool = false) {
    self.root = root
    self.globalOptions = globalOptions
    self.width = max(40, min(width, 120))
    self.isBold = isBold
  }

  /// The page of a command.
  /// - Parameter path: its words; none for the program. An unknown path gives the program's page.
  public func text(_ path: [String]) -> String {
    guard let command = root.command(at: path) else { return text([]) }
    let words = [root.name] + path
    var parts = [wrap(command.abstract, indent: 0)]
    parts.append(heading("Usage") + "  \(command.usage(words))\n")
    parts += examples(command)
    parts += command.paragraphs.map(paragraph)
    parts += list("Arguments", command.arguments.map { ($0.usage, $0.description) })
    parts += list("Commands", command.subcommands.map { ($0.name, $0.summary) })
    parts += list("Flags", command.options.map { ($0.aligned, $0.description) })
    parts += globals(command, isRoot: path.isEmpty)
    return parts.joined(separator: "\n")
  }

  /// The usage line and where to read on, as shown with a mistake.
  /// - Parameter path: the words of the command as far as they are right.
  public func usage(_ path: [String]) -> String {
    guard let command = root.command(at: path) else { return usage([]) }
    let words = [root.name] + path
    return "usage: \(command.usage(words))\nmore:  \(words.joined(separator: " ")) --help"
  }

  private func examples(_ command: CommandSpec) -> [String] {
    if command.examples.isEmpty { return [] }
    let examples = command.examples.map { example in
      let lines = TextWrap.lines(example.explanation, width: width - 4)
      return lines.map { "  # \($0)\n" }.joined() + "  \(example.command)\n"
    }
    return [heading("Examples") + examples.joined(separator: "\n")]
  }

  private func globals(_ command: CommandSpec, isRoot: Bool) -> [String] {
    let options = globalOptions.filter { global in !command.options.contains { $0.name == global.name } }
    if options.isEmpty { return [] }
    if isRoot {
      return list("Global flags, before or after a command", options.map { ($0.aligned, $0.description) })
    }
    let names = options.map { option in option.short.map { "-\($0), \(option.flag)" } ?? option.flag }
    let pointer = "  Explained by: \(root.name) --help\n"
    return [heading("Global flags") + wrap(names.joined(separator: ", "), indent: 2) + pointer]
  }

  private func paragraph(_ lines: [String]) -> String {
    var text = ""
    var flowing: [String] = []
    func flush() {
      if !flowing.isEmpty { text += wrap(flowing.joined(separator: " "), indent: 0) }
      flowing = []
    }
    for line in lines {
      if line.hasPrefix("  ") {
        flush()
        text += line + "\n"
      } else {
        flowing.append(line)
      }
    }
    flush()
    return text
  }

  private func list(_ title: String, _ entries: [(term: String, text: String)]) -> [String] {
    if entries.isEmpty { return [] }
    let widest = entries.map { DisplayWidth.of($0.term) }.filter { $0 <= width / 3 }.max() ?? 0
    let column = widest + 4
    let lines = entries.map { term, text in
      let room = column - 2 - DisplayWidth.of(term)
      let gap = room >= 2 ? spaces(room) : "\n" + spaces(column)
      return "  " + term + gap + wrap(text, indent: column).drop { $0 == " " }
    }
    return [heading(title) + lines.joined()]
  }

  private func heading(_ title: String) -> String { isBold ? "\u{1B}[1m\(title):\u{1B}[m\n" : "\(title):\n" }

  private func wrap(_ text: String, indent: Int) -> String {
    TextWrap.lines(text, width: width - indent).map { spaces(indent) + $0 + "\n" }.joined()
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}

extension CommandSpec {
  /// The abstract, and of a noun the verbs.
  fileprivate var summary: String {
    subcommands.isEmpty ? abstract : "\(abstract): \(subcommands.map(\.name).joined(separator: ", "))"
  }
}

extension OptionSpec {
  /// The term, with the long flag in the same column whether there is a short one or not.
  fileprivate var aligned: String { short == nil ? "    " + term : term }
}
