import TestSupport
import Testing

/// The script that the program prints, at work in a shell: names come out of the database, or quietly not at all.
@Suite struct CompletionNamesTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.shell("caresphere completion bash > script.bash").succeeded()
  }

  /// What bash offers after these words, the last of which is being typed.
  private func offered(_ words: String..., environment: [String: String] = [:]) throws -> [String] {
    let array = words.map { "'\($0)'" }.joined(separator: " ")
    let outcome = try sandbox.shell(
      """
      source ./script.bash
      COMP_WORDS=(caresphere \(array)) COMP_CWORD=\(words.count)
      COMP_LINE="${COMP_WORDS[*]}" COMP_POINT=${#COMP_LINE}
      COMP_POINT=${#COMP_LINE}
      _caresphere
      printf '%s\\n' "${COMPREPLY[@]}"
      """, environment: environment)
    #expect(outcome.status == 0 && outcome.stderr.isEmpty, "\(outcome)")
    return outcome.lines.filter { !$0.isEmpty }
  }

  @Test func groupsAreOfferedByName() throws {
    try sandbox.initialize()
    for name in ["Youth", "Young Adults", "Choir"] {
      try sandbox.run("group", "add", name).succeeded()
    }
    #expect(try offered("group", "show", "You").sorted() == ["Young\\ Adults", "Youth"])
    #expect(try offered("member", "list", "--group", "Ch") == ["Choir"])
    // A format that somebody prefers does not come between.
    #expect(try offered("group", "show", "Ch", environment: ["CARESPHERE_FORMAT": "json"]) == ["Choir"])
    #expect(try offered("--db", sandbox.database, "group", "show", "Ch") == ["Choir"])
    #expect(try offered("--db", "none.db", "group", "show", "Ch") == [])
    try sandbox.run("user", "logout").succeeded()
    #expect(try offered("group", "show", "Ch") == [])
  }

  @Test func messagesAreOfferedByTitle() throws {
    try sandbox.initialize()
    for title in ["Weekly News", "Weekend", "Picnic"] {
      try sandbox.run("message", "add", "--title", title, "--content", "x", "-q").succeeded()
    }
    try sandbox.run("template", "add", "Welcome", "--content", "x", "-q").succeeded()
    #expect(try offered("message", "show", "Week").sorted() == ["Weekend", "Weekly\\ News"])
    #expect(try offered("message", "add", "--template", "We") == ["Welcome"])
  }

  @Test func withoutADatabaseThereIsSilence() throws {
    #expect(try offered("group", "show", "") == [])
    #expect(try offered("member", "list", "--status", "act") == ["active"])
    #expect(!sandbox.exists("home/.local"))
  }
}
