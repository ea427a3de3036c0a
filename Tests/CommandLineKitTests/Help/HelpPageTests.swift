import CommandLineKit
import TestSupport
import Testing

@Suite struct HelpPageTests {
  private func page(_ path: [String], width: Int = 80, isBold: Bool = false) -> String {
    HelpPage(root: Sample.root, globalOptions: Sample.globalOptions, width: width, isBold: isBold).text(path)
  }

  @Test func ofTheProgram() throws { try expectSnapshot(page([]), named: "help.txt") }

  @Test func ofANoun() throws { try expectSnapshot(page(["item"]), named: "help-item.txt") }

  @Test func ofAVerb() throws { try expectSnapshot(page(["item", "add"]), named: "help-item-add.txt") }

  @Test func ofAVerbOnANarrowTerminal() throws {
    let text = page(["item", "list"], width: 44)
    #expect(text.split(separator: "\n").filter { !$0.contains("shop item") }.allSatisfy { $0.count <= 44 })
    try expectSnapshot(text, named: "help-item-list-44.txt")
  }

  @Test func isBoldOnlyWhereAsked() {
    #expect(page(["item"], isBold: true).contains("\u{1B}[1mUsage:\u{1B}[m\n"))
    #expect(!page(["item"]).contains("\u{1B}"))
  }

  @Test func everyDeclaredWordAppears() {
    for noun in Sample.root.subcommands {
      for verb in noun.subcommands {
        let text = page([noun.name, verb.name])
        for option in verb.options { #expect(text.contains(option.term), "\(verb.name) \(option.name)") }
        for argument in verb.arguments { #expect(text.contains(argument.usage)) }
        for option in Sample.globalOptions { #expect(text.contains(option.flag)) }
      }
    }
  }

  @Test func anUnknownPathGivesTheProgramsPage() { #expect(page(["nonsense"]) == page([])) }

  @Test func usageIsShort() {
    let help = HelpPage(root: Sample.root, globalOptions: Sample.globalOptions)
    #expect(
      help.usage(["item", "log"])
        == "usage: shop item log ITEM TYPE [TEXT] [FLAGS]\nmore:  shop item log --help")
    #expect(help.usage(["x"]) == "usage: shop COMMAND [FLAGS]\nmore:  shop --help")
  }

  @Test func everyExampleParses() throws {
    for example in Sample.item.subcommands.flatMap(\.examples) where !example.command.contains("'") {
      let words = example.command.split(separator: " ").dropFirst().map(String.init)
      _ = try Sample.parser().parse(words.filter { $0 != "--dry-run" })
    }
  }
}
