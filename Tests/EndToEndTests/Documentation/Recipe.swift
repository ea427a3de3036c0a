import Foundation
import TestSupport
import Testing

/// A recipe of the cookbook: a section with a number.
///
/// Its blocks are what they are marked as. `sh` that begins with `#!` is a script, saved under the name in its second
/// line; `sql` is `schema.sql`; `json5` the configuration; `console` runs; `mail` is the mail that was sent last.
struct Recipe: Sendable, CustomTestStringConvertible {
  var title: String
  /// Programs it needs, from a line `Needs: jq, duckdb.`
  var needs: [String] = []
  var blocks: [Block] = []

  var testDescription: String { title }

  struct Block: Sendable {
    var kind: String
    /// Of its first line, in the file.
    var line: Int
    var lines: [String] = []
    var text: String { lines.map { $0 + "\n" }.joined() }
  }

  /// The recipes of a Markdown file, in their order.
  static func all(in markdown: String) -> [Recipe] {
    var recipes: [Recipe] = []
    var block: Block?
    for (index, line) in markdown.components(separatedBy: "\n").enumerated() {
      if let open = block {
        if line == "```" {
          if !recipes.isEmpty { recipes[recipes.count - 1].blocks.append(open) }
          block = nil
        } else {
          block?.lines.append(line)
        }
      } else if line.hasPrefix("```") {
        block = Block(kind: String(line.dropFirst(3)), line: index + 2)
      } else if line.hasPrefix("## "), line.dropFirst(3).first?.isNumber == true {
        recipes.append(Recipe(title: String(line.dropFirst(3))))
      } else if line.hasPrefix("Needs: "), !recipes.isEmpty {
        let names = line.dropFirst(7).split { $0 == "," || $0 == "." || $0 == " " }
        recipes[recipes.count - 1].needs = names.map(String.init)
      }
    }
    return recipes
  }
}

/// Where a recipe is tried: the people of `examples/`, an admin who is logged in, and a `mail` that keeps what it is given.
struct Kitchen {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    let folder = Repository.root + "/examples"
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder)
    where name.contains(".") { try sandbox.write("examples/" + name, Repository.text("examples/" + name)) }
    try sandbox.write("bin/mail", Self.mail)
    try sandbox.execute(["chmod", "755", sandbox.path("bin/mail")]).succeeded()
    let path = sandbox.environment["PATH"] ?? ""
    sandbox.environment["PATH"] = "\(sandbox.path("bin")):\(Repository.root)/.build/venv/bin:\(path)"
    sandbox.environment["CARESPHERE_NO_INPUT"] = "1"
    try sandbox.run(
      "init", "--admin", "ada@grace.example", "--full-name", "Ada Obi", "--password-stdin", "-q",
      stdin: "Correct-Horse-42\n"
    ).succeeded()
    try sandbox.run("member", "import", "examples/people.csv", "-q").succeeded()
  }

  /// What stands in for mail(1): addresses, subject, further headers, and the text.
  private static let mail = """
    #!/bin/sh
    headers=
    while getopts s:a: option; do
      case $option in
        s) headers="${headers}Subject: $OPTARG
    " ;;
        a) headers="$headers$OPTARG
    " ;;
        *) exit 64 ;;
      esac
    done
    shift $((OPTIND - 1))
    { printf 'To: %s\\n%s\\n' "$*" "$headers"; cat; } > "$HOME/mail"

    """

  /// Follows a recipe to its end, or to the first thing that is not as it says.
  func cook(_ recipe: Recipe, of file: String) throws {
    for block in recipe.blocks {
      let place = "\(file):\(block.line)"
      switch block.kind {
      case "sh" where block.lines.first?.hasPrefix("#!") == true: try save(block, place)
      case "sql": try sandbox.write("schema.sql", block.text)
      case "json5": try sandbox.write("home/.config/caresphere/config.json", block.text)
      case "mail":
        let mail = try sandbox.read("home/mail").split(separator: "\n", omittingEmptySubsequences: false)
        let step = ConsoleStep(line: block.line, command: "", shown: block.lines)
        let lines = mail.last == "" ? mail.dropLast() : mail[...]
        #expect(step.agrees(with: lines.map(String.init)), "\(place): \(mail.joined(separator: "\n"))")
      case "console": try run(block, file)
      default: break
      }
    }
  }

  private func save(_ block: Recipe.Block, _ place: String) throws {
    let words = block.lines.dropFirst().first?.split { " :".contains($0) } ?? []
    let name = try #require(
      words.first == "#" ? words.dropFirst().first : nil, "\(place): # NAME: what it does")
    let script = try sandbox.write(String(name), block.text)
    try sandbox.execute(["chmod", "755", script]).succeeded()
    if Executable.exists("shellcheck") {
      let outcome = try sandbox.execute(["shellcheck", script])
      #expect(outcome.status == 0, "\(place): \(outcome)")
    }
  }

  private func run(_ block: Recipe.Block, _ file: String) throws {
    for step in ConsoleStep.all(in: "```console\n\(block.text)```") {
      let outcome = try sandbox.shell("exec 2>&1\n" + step.command)
      let place = "\(file):\(block.line + step.line - 2)"
      try #require(outcome.status == 0, "\(place): \(outcome)")
      if !step.shown.isEmpty { #expect(step.agrees(with: outcome.lines), "\(place): \(outcome)") }
    }
  }
}
