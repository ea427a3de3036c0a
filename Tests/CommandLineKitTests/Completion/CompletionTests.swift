import CommandLineKit
import TestSupport
import Testing

/// A folder with the completion scripts and a program `shop` that prints names when it is asked for a list, and
/// otherwise what it was called with.
struct Shop {
  let sandbox: Sandbox

  /// What a database might hold, as the program prints it.
  static let names = [
    "Youth", "Young Adults", "Choir: North", #"O'Brien's "A" team"#, "$(touch pwned)", "`touch pwned`",
    "Zoë & Söhne",
    #"back\\slash"#, #"tab\tname"#, "*",
  ]

  init() throws {
    sandbox = try Sandbox()
    let script = CompletionScript(
      root: Sample.root, globalOptions: Sample.globalOptions,
      sources: [
        "group": ["group", "list", "--fields", "name"], "item": ["item", "list", "--fields", "it's"],
      ])
    for shell in CompletionScript.Shell.allCases {
      try sandbox.write("shop.\(shell.rawValue)", script.text(shell))
    }
    try sandbox.write("names", Self.names.joined(separator: "\n") + "\n")
    try sandbox.write(
      "bin/shop",
      """
      #!/bin/bash
      if [[ $* == *--fields* ]]; then
        printf '<%s>' "format=$SHOP_FORMAT" "$@" >> "$HOME/calls"
        cat "$HOME/../names"
      else
        printf 'ran'; printf '<%s>' "$@"; echo .
      fi

      """)
    _ = try sandbox.execute(["chmod", "+x", "bin/shop"]).succeeded()
    sandbox.environment["PATH"] = sandbox.path("bin") + ":" + (sandbox.environment["PATH"] ?? "")
    sandbox.environment["SHOP_FORMAT"] = "json"
  }

  var calls: String { (try? sandbox.read("home/calls")) ?? "" }
}

@Suite struct CompletionTests {
  @Test func scriptsAreSnapshots() throws {
    let shop = try Shop()
    for shell in CompletionScript.Shell.allCases {
      try expectSnapshot(try shop.sandbox.read("shop.\(shell.rawValue)"), named: "shop.\(shell.rawValue)")
    }
  }

  @Test(arguments: [
    ["bash", "-n", "shop.bash"], ["shellcheck", "shop.bash"], ["zsh", "-n", "shop.zsh"],
    ["fish", "-n", "shop.fish"],
  ])
  func scriptsAreClean(_ command: [String]) throws {
    try Requirement.tool(command[0])
    let outcome = try Shop().sandbox.execute(command)
    #expect(outcome.status == 0 && outcome.stdout.isEmpty && outcome.stderr.isEmpty, "\(outcome)")
  }

  @Test func everyDeclaredWordAppears() throws {
    let shop = try Shop()
    for shell in CompletionScript.Shell.allCases {
      let text = try shop.sandbox.read("shop.\(shell.rawValue)")
      for noun in Sample.root.subcommands {
        for verb in noun.subcommands {
          #expect(text.contains(verb.name))
          for option in verb.options {
            #expect(
              text.contains(shell == .fish ? "-l \(option.name) " : option.flag), "\(shell) \(option.name)")
          }
        }
      }
    }
  }

  /// What bash offers after these words, the last of which is being typed.
  private func bash(_ words: String...) throws -> [String] {
    try Requirement.tool("bash")
    let shop = try Shop()
    let array = words.map {
      "'" + $0.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
    let script = """
      source ./shop.bash
      COMP_WORDS=(shop \(array.joined(separator: " ")))
      COMP_CWORD=\(words.count)
      COMP_LINE="${COMP_WORDS[*]}"
      COMP_LINE=${COMP_LINE// = /=}
      COMP_POINT=${#COMP_LINE}
      _shop
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let outcome = try shop.sandbox.execute(["bash", "-c", script])
    #expect(outcome.stderr.isEmpty, "\(outcome)")
    return outcome.lines
  }

  @Test func bashOffersCommandsFlagsAndChoices() throws {
    #expect(try bash("") == ["item", "completion", "help"])
    #expect(try bash("item", "a") == ["add", "assign"])
    #expect(try bash("-q", "--db", "item", "item", "ex") == ["export"])
    #expect(try bash("-fjson", "item", "ex") == ["export"])
    #expect(try bash("-qf", "json", "item", "ex") == ["export"])
    #expect(try bash("item", "add", "--p") == ["--price"])
    #expect(try bash("item", "add", "--ta", "--t") == ["--tag"])
    #expect(try bash("completion", "") == ["bash", "zsh", "fish"])
    #expect(try bash("item", "list", "--format", "js") == ["json", "jsonl"])
    #expect(try bash("item", "export", "-f", "") == ["csv", "json", "vcard"])
    #expect(try bash("item", "list", "--format", "=", "c") == ["csv", "count"])
    #expect(try bash("item", "list", "--status", "active,s") == ["active,sold"])
    #expect(try bash("item", "log", "x", "") == ["sale", "loss"])
    #expect(try bash("item", "log", "x", "sale", "") == [""])
    #expect(try bash("help", "item", "l") == ["list", "log"])
    #expect(try bash("item", "add", "--", "--") == [""])
    #expect(try bash("item", "add", "--since", "") == [""])
  }

  @Test func fishOffersTheSame() throws {
    try Requirement.tool("fish")
    let shop = try Shop()
    func fish(_ line: String) throws -> [String] {
      let outcome = try shop.sandbox.execute(["fish", "-c", "source shop.fish; complete -C \"$argv\"", line])
      #expect(outcome.stderr.isEmpty, "\(outcome)")
      return outcome.lines.map { String($0.prefix { $0 != "\t" }) }.sorted()
    }
    #expect(try fish("shop ") == ["completion", "help", "item"])
    #expect(try fish("shop --db item item a") == ["add", "assign"])
    #expect(try fish("shop item add --p") == ["--price"])
    #expect(try fish("shop item list --format js") == ["json", "jsonl"])
    #expect(try fish("shop item list --format=js") == ["--format=json", "--format=jsonl"])
    #expect(try fish("shop item export -f ") == ["csv", "json", "vcard"])
    #expect(try fish("shop item list --status active,so") == ["active,sold"])
    #expect(try fish("shop completion ") == ["bash", "fish", "zsh"])
    #expect(try fish("shop help item l") == ["list", "log"])
    #expect(try fish("shop --db x item add -g ").contains("$(touch pwned)"))
    #expect(shop.calls.contains("<format=><--db><x><group><list><--fields><name>"), "\(shop.calls)")
  }

  /// What is typed, a tab after it, and what the program is then called with.
  static let typed: [(keys: String, arguments: String)] = [
    ("item as", "<item><assign>"), ("item list --sta", "<item><list><--status>"),
    ("item add --group You", "<item><add><--group><You"),
    ("item add --group Youn", "<item><add><--group><Young Adults>"),
    ("item add --group=Youn", "<item><add><--group=Young Adults>"),
    ("item add -g Cho", "<item><add><-g><Choir: North>"),
    ("item add -g O", #"<item><add><-g><O'Brien's "A" team>"#),
    ("item add -g '$(", "<item><add><-g><$(touch pwned)>"),
    (#"item add -g \`"#, "<item><add><-g><`touch pwned`>"),
    ("item add -g Zo", "<item><add><-g><Zoë & Söhne>"),
    ("item add -g back", #"<item><add><-g><back\slash>"#),

    ("item show Youn", "<item><show><Young Adults>"),
  ]

  @Test(arguments: CompletionScript.Shell.allCases)
  func namesAreInsertedQuotedAndNeverRun(_ shell: CompletionScript.Shell) throws {
    try Requirement.tool(shell.rawValue)
    let shop = try Shop()
    let terminal = try start(shell, shop)
    for (keys, arguments) in Self.typed {
      try terminal.send("shop \(keys)\t\r")
      try terminal.expect("ran\(arguments)")
    }
    try terminal.send("exit\r")
    terminal.finish()
    #expect(!shop.sandbox.exists("pwned") && !shop.sandbox.exists("home/pwned"))
    #expect(shop.calls.contains("<item><list><--fields><it's>"))
    #expect(!shop.calls.contains("format=json"))
  }

  private func start(_ shell: CompletionScript.Shell, _ shop: Shop) throws -> Pseudoterminal {
    let command =
      switch shell {
      case .bash: ["bash", "--norc", "--noprofile", "-i"]
      case .zsh: ["zsh", "-f", "-i"]
      case .fish: ["fish", "--no-config", "--private", "-i"]
      }
    let terminal = try shop.sandbox.terminal(running: command, columns: 200, environment: ["TERM": "dumb"])
    switch shell {
    case .bash: try terminal.send("bind 'set bell-style none'; . ./shop.bash; echo rea''dy\r")
    case .zsh:
      try terminal.send(
        "autoload -Uz compinit; compinit -u -d ./dump; . ./shop.zsh; unsetopt zle_bracketed_paste; echo rea''dy\r"
      )
    case .fish: try terminal.send("source shop.fish; echo rea''dy\r")
    }
    try terminal.expect("ready")
    return terminal
  }
}
