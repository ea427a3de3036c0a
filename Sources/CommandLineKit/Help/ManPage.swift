/// Manual pages in man(7), one for the program, one for each noun and one for each topic, rendered from the
/// declarations. The same declarations and the same date give the same bytes.
public struct ManPage: Sendable {
  /// A section that the declarations know nothing of: `EXIT STATUS`, `FILES`.
  public struct Section: Sendable {
    /// The heading, in capitals; "" continues the section before it.
    public var title: String
    /// What stands below it.
    public var body: Body

    /// What a section holds.
    public enum Body: Sendable {
      /// Paragraphs separated by empty lines; a line that begins with two spaces stays as it is.
      case text(String)
      /// Terms and what they mean.
      case terms([(term: String, text: String)])
    }

    /// A section.
    public init(_ title: String, _ body: Body) {
      self.title = title
      self.body = body
    }
  }

  /// A page about something that several commands have in common; it goes into section 7, one about a file into 5.
  public struct Topic: Sendable {
    /// What follows the program's name in that of the page: `filter`.
    public var name: String
    /// The section of the manual.
    public var number: Int
    /// One line, without a full stop.
    public var abstract: String
    /// The topic that this one belongs to, if any: only its pages name each other under `SEE ALSO`.
    public var parent: String?
    /// What stands on the page.
    public var sections: [Section]

    /// A page of sections.
    public init(
      _ name: String, number: Int = 7, _ abstract: String, parent: String? = nil, sections: [Section]
    ) {
      self.name = name
      self.number = number
      self.abstract = abstract
      self.parent = parent
      self.sections = sections
    }
  }

  private let root: CommandSpec
  private let globalOptions: [OptionSpec]
  private let date: String
  private let source: String
  private let sections: [Section]
  private let topics: [Topic]

  /// - Parameters:
  ///   - root: the program.
  ///   - globalOptions: what every command accepts.
  ///   - date: of the pages, `2025-11-13`.
  ///   - source: what the footer names: `caresphere 1.0.0`.
  ///   - sections: what stands between EXAMPLES and SEE ALSO on every page; one called ENVIRONMENT comes in place of
  ///     the one made of the global flags.
  ///   - topics: what has a page of its own without being a command.
  public init(
    root: CommandSpec, globalOptions: [OptionSpec], date: String, source: String, sections: [Section],
    topics: [Topic] = []
  ) {
    self.root = root
    self.globalOptions = globalOptions
    self.date = date
    self.source = source
    self.sections = sections
    self.topics = topics
  }

  /// The file names of all pages, `caresphere-member.1`, and what is in them.
  public func files() -> [(name: String, text: String)] {
    let nouns = root.subcommands.filter { !$0.subcommands.isEmpty }
    return [("\(root.name).1", page(root, path: [root.name]))]
      + nouns.map { ("\(root.name)-\($0.name).1", page($0, path: [root.name, $0.name])) }
      + topics.map { ("\(root.name)-\($0.name).\($0.number)", page($0)) }
  }

  private func page(_ topic: Topic) -> String {
    let name = "\(root.name)-\(topic.name)"
    let lines =
      head(name, topic.number, topic.abstract) + topic.sections.flatMap(section)
      + seeAlso(name, family: topic.parent ?? topic.name)
    return lines.map(Roff.wrap).joined(separator: "\n") + "\n"
  }

  private func head(_ name: String, _ section: Int, _ abstract: String) -> [String] {
    [
      ".TH \(Roff.quote(name.uppercased())) \(section) \"\(date)\" \(Roff.quote(source))", ".SH NAME",
      "\(Roff.escape(name)) \\- \(Roff.escape(abstract))",
    ]
  }

  private func page(_ command: CommandSpec, path: [String]) -> String {
    let isRoot = path.count == 1
    let name = path.joined(separator: "-")
    var lines = head(name, 1, command.abstract)
    lines += [".SH SYNOPSIS"] + synopsis(command, path: path)
    lines += [".SH DESCRIPTION"] + description(command)
    lines += [".SH COMMANDS"] + command.subcommands.flatMap(self.command)
    lines += flags(command, isRoot: isRoot)
    lines += examples(command)
    lines += environment()
    lines += sections.flatMap(section)
    lines += seeAlso(name)
    return lines.map(Roff.wrap).joined(separator: "\n") + "\n"
  }

  private func synopsis(_ command: CommandSpec, path: [String]) -> [String] {
    let verbs = command.subcommands.filter(\.subcommands.isEmpty)
    var lines = verbs.map { verb in
      let arguments = verb.arguments.map { " " + Roff.italic($0.usage) }.joined()
      return Roff.bold((path + [verb.name]).joined(separator: " ")) + arguments + " [" + Roff.italic("FLAGS")
        + "]"
    }
    if path.count == 1 {
      lines.insert("\(Roff.bold(root.name)) \(Roff.italic("NOUN VERB")) [\(Roff.italic("FLAGS"))]", at: 0)
    }
    return Array(lines.map { [$0] }.joined(separator: [".br"]))
  }

  private func description(_ command: CommandSpec) -> [String] {
    command.paragraphs.isEmpty ? [Roff.sentence(command.abstract)] : flow(command.paragraphs)
  }

  /// A verb with its arguments and flags; of a noun only where its own page is.
  private func command(_ command: CommandSpec) -> [String] {
    if !command.subcommands.isEmpty {
      let verbs = command.subcommands.map(\.name).joined(separator: ", ")
      let page = "\(Roff.bold("\(root.name)-\(command.name)"))(1)"
      return [
        ".TP", Roff.bold(command.name), Roff.escape("\(command.abstract): \(verbs); see") + " \(page).",
      ]
    }
    let usage = ([command.name] + command.arguments.map(\.usage)).joined(separator: " ")
    var lines = [".SS \(Roff.quote(usage))", Roff.sentence(command.abstract)]
    lines += command.paragraphs.flatMap { [".PP"] + flow([$0]) }
    lines += command.arguments.flatMap { [".TP", Roff.italic($0.name), Roff.sentence($0.description)] }
    lines += command.options.flatMap(option)
    return lines
  }

  private func option(_ option: OptionSpec) -> [String] {
    let short = option.short.map { Roff.bold("-\($0)") + ", " } ?? ""
    let placeholder = option.placeholder.map { " " + Roff.italic($0) } ?? ""
    return [".TP", short + Roff.bold(option.flag) + placeholder, Roff.sentence(option.description)]
  }

  private func flags(_ command: CommandSpec, isRoot: Bool) -> [String] {
    if isRoot { return [".SH GLOBAL FLAGS"] + globalOptions.flatMap(option) }
    let names = globalOptions.map { Roff.bold($0.flag) }.joined(separator: ",\n")
    return [".SH GLOBAL FLAGS", names, "are explained in", Roff.bold(root.name) + "(1)."]
  }

  private func examples(_ command: CommandSpec) -> [String] {
    let examples = command.examples + command.subcommands.filter(\.subcommands.isEmpty).flatMap(\.examples)
    if examples.isEmpty { return [] }
    return [".SH EXAMPLES"]
      + examples.flatMap { [".TP", Roff.sentence($0.explanation), Roff.bold($0.command)] }
  }

  private func environment() -> [String] {
    let options = globalOptions.filter { $0.environment != nil }
    if options.isEmpty || sections.contains(where: { $0.title == "ENVIRONMENT" }) { return [] }
    return [".SH ENVIRONMENT"]
      + options.flatMap { option in
        [".TP", Roff.bold(option.environment ?? ""), "Stands in for \(Roff.bold(option.flag))."]
      }
  }

  private func section(_ section: Section) -> [String] {
    let title = section.title.isEmpty ? [] : [".SH \(Roff.quote(section.title))"]
    switch section.body {
    case .text(let text): return title + flow(CommandSpec.paragraphs(of: text))
    case .terms(let terms):
      return title + terms.flatMap { term($0.term) + [Roff.sentence($0.text)] }
    }
  }

  /// What stands before a paragraph. It is one line; a list that is longer goes on in others (`.TQ`, groff_man(7)).
  private func term(_ text: String) -> [String] {
    var lines: [String] = []
    for item in text.split(separator: ", ", omittingEmptySubsequences: false) {
      if let last = lines.last, Roff.bold("\(last), \(item),").utf8.count <= Roff.longestLine {
        lines[lines.count - 1] = "\(last), \(item)"
      } else {
        lines.append(String(item))
      }
    }
    return lines.enumerated().flatMap { index, line in
      [index == 0 ? ".TP" : ".TQ", Roff.bold(index == lines.count - 1 ? line : line + ",")]
    }
  }

  /// - Parameter family: the topic whose parts are named, too.
  private func seeAlso(_ name: String, family: String? = nil) -> [String] {
    let nouns = root.subcommands.filter { !$0.subcommands.isEmpty }.map { "\(root.name)-\($0.name)" }
    let pages =
      ([root.name] + nouns).map { ($0, 1) }
      + topics.filter { $0.parent == nil || $0.parent == family }.map {
        ("\(root.name)-\($0.name)", $0.number)
      }
    let others = pages.filter { $0.0 != name }.map { "\(Roff.bold($0.0))(\($0.1))" }
    return others.isEmpty ? [] : [".SH SEE ALSO", others.joined(separator: ",\n")]
  }

  /// Paragraphs whose lines flow, but for those that begin with two spaces.
  private func flow(_ paragraphs: [[String]]) -> [String] {
    Array(
      paragraphs.map { paragraph in
        var lines: [String] = []
        var isFixed = false
        for line in paragraph {
          if line.hasPrefix("  ") != isFixed {
            isFixed.toggle()
            lines += isFixed ? [".RS 2", ".nf"] : [".fi", ".RE"]
          }
          lines.append(isFixed ? Roff.fixed(String(line.dropFirst(2))) : Roff.escape(line))
        }
        return lines + (isFixed ? [".fi", ".RE"] : [])
      }.joined(separator: [".PP"]))
  }
}
