import CareSphereKit
import CommandLineKit
import TestSupport
import Testing

@testable import CareSphereCLI

/// What the pages about imports promise is what can be typed and what is known.
@Suite struct ImportManualTests {
  @Test func everyPresetHasAPage() {
    let pages = ManPages.files().map(\.name)
    for preset in ImportPreset.allCases where preset != .auto {
      #expect(pages.contains("caresphere-import-\(preset.rawValue).7"), "\(preset)")
    }
    let overview = ImportManual.sections.flatMap { $0.terms.map(\.term) }
    for source in ImportSource.all {
      #expect(overview.contains("caresphere-import-\(source.name)(7)"))
    }
  }

  /// Every line that is shown of a shell, of which ours has to be one that the parser takes.
  @Test(arguments: [ImportManual.sections] + ImportSource.all.map(\.sections))
  func whatIsShownCanBeTyped(sections: [ManualSection]) throws {
    let parser = Parser(root: CommandTree.root, globalOptions: GlobalOptions.all, environment: [:])
    let text = sections.map(\.text).joined(separator: "\n").replacing("\\\n", with: "")
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("  ") }.map(String.init)
    #expect(!lines.isEmpty)
    for line in lines {
      for words in shellCommands(line) where words.first == CommandTree.root.name {
        #expect(throws: Never.self, "\(line)") { try parser.parse(Array(words.dropFirst())) }
      }
    }
  }

  /// A flag that is named in passing is one of the import, or of all commands.
  @Test func flagsThatAreNamedAreThere() {
    let text = (ImportManual.sections + ImportSource.all.flatMap(\.sections))
      .map { $0.text + " " + $0.terms.map(\.text).joined(separator: " ") }.joined(separator: " ")
    #expect(longFlags(in: text).subtracting(Declared.flags).isEmpty)
  }

  @Test func columnsAreSaidAsTheyAreWritten() throws {
    let pages = Dictionary(uniqueKeysWithValues: ManPages.files().map { ($0.name, $0.text) })
    let page = try #require(pages["caresphere-import-mailchimp.7"])
    for word in ["OPTIN_TIME", "UNSUB_REASON_OTHER", "MEMBER_RATING"] {
      #expect(page.contains(word), "\(word)")
    }
    let other = try #require(pages["caresphere-import-planning-center.7"])
    #expect(other.contains("externalId") && other.contains("Nickname"))
  }
}
