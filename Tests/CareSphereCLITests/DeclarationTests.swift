import CommandLineKit
import Foundation
import TestSupport
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

  /// The options that commands declare anew: other formats, a colour to show a group in, and that rules which need
  /// what is deleted are disabled.
  private static let overrides: Set<String> = [
    "member export --format", "analytics report --format", "group add --color", "group update --color",
    "group delete --force",
    "template delete --force", "template update --force", "message delete --force", "user delete --force",
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
        example.explanation.first?.isUppercase == true && [".", "?"].contains(example.explanation.suffix(1)),
        "\(example)")
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

  @Test(arguments: Declared.all)
  func choicesAreWords(_ command: Declared) {
    for value in command.options.map(\.value) + command.spec.arguments.map(\.value) {
      guard case .choice(let words) = value.asChoice else { continue }
      #expect(!words.isEmpty && Set(words).count == words.count, "\(words)")
      #expect(words.allSatisfy { !$0.isEmpty && !$0.contains(" ") && !$0.contains(",") }, "\(words)")
    }
  }

  /// A list of words beside an enumeration would fall behind it.
  @Test func choicesAreMadeOfEnumerations() throws {
    let folder = Repository.root + "/Sources/CareSphereCLI"
    let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    #expect(files.contains("App/GlobalOptions.swift"))
    for file in files where file.hasSuffix(".swift") {
      let source = try Repository.text("Sources/CareSphereCLI/" + file).filter { !$0.isWhitespace }
      for literal in [".choice([", ".choices(["] {
        #expect(!source.contains(literal), "\(file): say EnumerationOfTheDomain.allCases.map(\\.rawValue)")
      }
    }
  }

  /// The choices that the contract spells out.
  private static let spelled = [
    ("", "format", "table json jsonl csv tsv ids count"), ("", "color", "auto always never"),
    ("member list", "order", "asc desc"), ("member list", "status", "active inactive pending archived"),
    ("member add", "gender", "male female other prefer_not_to_say"),
    ("member import", "input-format", "auto csv tsv json jsonl vcard"),
    (
      "member import", "preset",
      "auto caresphere google outlook mailchimp planning-center breeze rock brevo"
    ),
    ("member import", "unmapped", "error ignore custom"),
    ("member import", "match", "auto external-id email phone name+birthday none"),
    ("member import", "encoding", "auto utf-8 utf-16 windows-1252"),
    ("member import", "on-conflict", "skip update error"), ("member import", "blank", "keep clear"),
    ("member import", "date-order", "ymd mdy dmy"), ("member duplicates", "by", "email phone name+birthday"),
    ("member consent", "channel", "email sms push"),
    ("member export", "format", "table json jsonl csv tsv ids count vcard"),
    ("message add", "type", "email sms push in_app whatsapp"),
    ("message add", "body-format", "text html markdown"),
    ("message list", "status", "draft scheduled sending sent failed"),
    ("message recipients", "status", "pending sent delivered opened clicked failed skipped held"),
    (
      "rule add", "trigger",
      "member_created member_updated status_changed group_joined group_left tag_added message_opened message_clicked "
        + "message_failed birthday anniversary date schedule inactivity"
    ),
    (
      "rule add", "action",
      "send_message add_tag remove_tag add_to_group remove_from_group update_member add_note notify_user"
    ),
    ("rule add", "message-type", "email sms push in_app whatsapp"),
    ("rule logs", "status", "success failure skipped"),
    ("user add", "role", "admin moderator member"), ("user token", "role", "admin moderator member"),
    ("user update", "status", "active inactive suspended"),
  ]

  @Test(arguments: spelled)
  func choicesAreThoseOfTheContract(path: String, option: String, words: String) throws {
    let command = try #require(Declared.all.first { $0.path == path.split(separator: " ").map(String.init) })
    let spec = try #require(command.options.first { $0.name == option })
    guard case .choice(let choices) = spec.value.asChoice else {
      Issue.record("--\(option) takes no choice")
      return
    }
    #expect(Set(choices) == Set(words.split(separator: " ").map(String.init)))
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
