import CareSphereKit
import CommandLineKit
import Testing

@testable import CareSphereCLI

/// Rules that every declaration keeps, whichever noun it belongs to.
@Suite struct DeclarationTests {
  @Test(arguments: Declared.all)
  func aCommandIsNamedAndExplained(_ command: Declared) {
    let spec = command.spec
    #expect(Self.isName(spec.name))
    #expect(Self.isPhrase(spec.abstract), "\(spec.abstract)")
    #expect(spec.abstract.count <= 72, "\(spec.abstract)")
    #expect(command.isVerb || spec.arguments.isEmpty && spec.options.isEmpty)
    let names = spec.subcommands.map(\.name)
    #expect(Set(names).count == names.count, "a word stands for two commands")
  }

  @Test(arguments: Declared.verbs)
  func argumentsCanBeTold(_ command: Declared) {
    let arguments = command.spec.arguments
    #expect(Set(arguments.map(\.name)).count == arguments.count)
    for argument in arguments {
      #expect(argument.name == argument.name.uppercased() && !argument.name.isEmpty, "\(argument.name)")
      #expect(Self.isPhrase(argument.help), "\(argument.name): \(argument.help)")
    }
    let severals = arguments.count { $0.arity == .oneOrMore || $0.arity == .zeroOrMore }
    #expect(severals <= 1, "which words belong to which argument")
    let optional = arguments.firstIndex { $0.arity == .optional || $0.arity == .zeroOrMore }
    if let optional {
      #expect(arguments[optional...].allSatisfy { $0.arity == .optional || $0.arity == .zeroOrMore })
    }
  }

  @Test(arguments: Declared.all)
  func optionsAreNamedAndExplained(_ command: Declared) {
    for option in command.path.isEmpty ? GlobalOptions.all : command.spec.options {
      #expect(Self.isName(option.name), "\(option.flag)")
      #expect(Self.isPhrase(option.help), "\(option.flag): \(option.help)")
      if let placeholder = option.placeholder {
        #expect(
          placeholder == placeholder.uppercased() && !placeholder.isEmpty, "\(option.flag) \(placeholder)")
      } else {
        #expect(!option.repeats && option.value == .text && !option.isRequired, "\(option.flag)")
      }
      if let environment = option.environment {
        #expect(environment.hasPrefix("CARESPHERE_"), "\(option.flag)")
      }
    }
  }

  /// The options that commands declare anew: other formats, and a colour to show a group in.
  private static let overrides: Set<String> = [
    "member export --format", "group add --color", "group update --color",
  ]

  @Test(arguments: Declared.all)
  func noFlagMeansTwoThings(_ command: Declared) {
    let options = command.options
    let own = command.spec.options.map(\.name)
    #expect(Set(own).count == own.count, "\(own)")
    let shorts = options.compactMap(\.short)
    #expect(Set(shorts).count == shorts.count, "\(shorts)")
    for name in own where GlobalOptions.all.contains(where: { $0.name == name }) {
      let path = command.path.joined(separator: " ")
      #expect(Self.overrides.contains("\(path) --\(name)"), "\(command) hides the global --\(name)")
    }
  }

  @Test func globalFlagsDiffer() {
    let names = GlobalOptions.all.map(\.name)
    #expect(Set(names).count == names.count)
    let variables = GlobalOptions.all.compactMap(\.environment)
    #expect(Set(variables).count == variables.count)
    for override in Self.overrides {
      let words = override.split(separator: " ").map(String.init)
      let command = CommandTree.root.command(at: words.dropLast())
      #expect(command?.options.contains { $0.flag == words.last } == true, "\(override) is no more")
    }
  }

  @Test(arguments: Declared.all.filter { $0.isVerb || $0.path.isEmpty })
  func examplesCanBeTyped(_ command: Declared) throws {
    #expect(!command.spec.examples.isEmpty)
    let parser = Parser(root: CommandTree.root, globalOptions: GlobalOptions.all, environment: [:])
    for example in command.spec.examples {
      #expect(
        example.explanation.first?.isUppercase == true && example.explanation.hasSuffix("."), "\(example)")
      let lines = shellCommands(example.command).filter { $0.first == CommandTree.root.name }
      let paths = try lines.map { words -> [String] in
        switch try parser.parse(Array(words.dropFirst())) {
        case .run(let parsed): parsed.path
        case .help(let path): ["help"] + path
        case .version: []
        }
      }
      #expect(
        paths.contains { $0.starts(with: command.path) }, "\(example.command) shows nothing of \(command)")
    }
  }

  @Test(arguments: Declared.verbs.filter { $0.path != ["help"] })
  func whatIsDeclaredCanBeRun(_ command: Declared) {
    #expect(CommandTree.command(command.path) != nil)
  }

  /// The enumerations that the choices of an option come from, by the option's name.
  private static let vocabularies: [String: [[String]]] = [
    "format": [words(OutputFormat.self), OutputFormat.common.map(\.rawValue)],
    "color": [words(ColorChoice.self)],
    "order": [words(PageOptions.Order.self)], "status": [words(MemberStatus.self), words(UserStatus.self)],
    "gender": [words(Gender.self)], "role": [words(Role.self)], "channel": [words(Channel.self)],
    "input-format": [words(InputFormat.self)], "preset": [words(ImportPreset.self)],
    "unmapped": [words(UnmappedColumns.self)], "match": [words(MatchMode.self)],
    "encoding": [words(TextEncoding.self)], "on-conflict": [words(ConflictPolicy.self)],
    "blank": [words(BlankCells.self)], "date-order": [words(DateOrder.self)],
    "by": [words(MemberDuplicates.Key.self)], "SHELL": [words(CompletionScript.Shell.self)],
  ]

  private static func words<Choice: RawRepresentable<String> & CaseIterable>(_: Choice.Type) -> [String] {
    Choice.allCases.map(\.rawValue)
  }

  @Test(arguments: Declared.all)
  func choicesAreThoseOfTheDomain(_ command: Declared) {
    let values =
      command.options.map { ($0.name, $0.value) } + command.spec.arguments.map { ($0.name, $0.value) }
    for (name, value) in values {
      guard case .choice(let words) = value.asChoice else { continue }
      #expect(!words.isEmpty && Set(words).count == words.count, "\(name)")
      #expect(words.allSatisfy { !$0.isEmpty && !$0.contains(" ") && !$0.contains(",") }, "\(name)")
      // What a list can be sorted by belongs to that list alone.
      if name == "sort" { continue }
      #expect(Self.vocabularies[name]?.contains(words) == true, "\(command): \(name) is \(words)")
    }
  }

  @Test(arguments: Declared.all)
  func namesOutOfTheDatabaseCanBeListed(_ command: Declared) {
    for value in command.options.map(\.value) + command.spec.arguments.map(\.value) {
      guard case .name(let kind) = value else { continue }
      #expect(CommandTree.root.command(at: [kind, "list"]) != nil, "\(kind)")
    }
  }

  /// One word or several, joined by hyphens, in small letters.
  private static func isName(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      part.first?.isLowercase == true
        && part.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) }
    }
  }

  /// One line that begins with a capital and has no full stop at its end.
  private static func isPhrase(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.last else { return false }
    return !first.properties.isLowercase && !text.contains("\n") && last != "." && last != " "
  }
}

extension ValueKind {
  /// Lists of choices count as choices.
  fileprivate var asChoice: ValueKind {
    if case .choices(let words) = self { .choice(words) } else { self }
  }
}
