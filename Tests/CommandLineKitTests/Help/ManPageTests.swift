import CommandLineKit
import TestSupport
import Testing

@Suite struct ManPageTests {
  static let pages = ManPage(
    root: Sample.root, globalOptions: Sample.globalOptions, date: "2025-11-13", source: "shop 1.0",
    sections: [
      .init("EXIT STATUS", .terms([("0", "Done"), ("2", "The command line is wrong")])),
      .init(
        "FILES",
        .text(
          ".hidden lines and 'quoted' ones\nmay start so; a \\ too, and -- dashes.\n\n  kept  as\n  it -- is\n\nZoë…"
        )
      ),
    ])

  @Test func areOneForTheProgramAndOneForEachNoun() throws {
    let files = Self.pages.files()
    #expect(files.map(\.name) == ["shop.1", "shop-item.1"])
    for file in files { try expectSnapshot(file.text, named: file.name) }
  }

  @Test func partsOfATopicAreNamedByTheirFamilyAlone() throws {
    let topics: [ManPage.Topic] = [
      .init("order", "All orders", sections: [.init("DESCRIPTION", .text("All."))]),
      .init("order-web", "By web", parent: "order", sections: []),
      .init("order-post", "By post", parent: "order", sections: []), .init("stock", "Other", sections: []),
    ]
    let files = ManPage(
      root: Sample.root, globalOptions: [], date: "2025-11-13", source: "shop 1.0", sections: [],
      topics: topics
    ).files()
    func namesPost(_ name: String) throws -> Bool {
      let file = try #require(files.first { $0.name == name })
      return file.text.contains("shop\\-order\\-post\\fR(7)") || file.text.contains("shop-order-post\\fR(7)")
    }
    #expect(try namesPost("shop-order.7") && namesPost("shop-order-web.7"))
    #expect(try !namesPost("shop.1") && !namesPost("shop-item.1") && !namesPost("shop-stock.7"))
    #expect(try !namesPost("shop-order-post.7"))
  }

  @Test func everyDeclaredWordAppears() {
    let text = Self.pages.files().map(\.text).joined()
    for verb in Sample.item.subcommands {
      for option in verb.options {
        let escaped = option.flag.map { $0 == "-" ? "\\-" : String($0) }.joined()
        #expect(text.contains(escaped), "\(option.flag)")
      }
    }
  }

  @Test func areCleanAndReadAsWritten() throws {
    try Requirement.tool("mandoc", "col")
    let sandbox = try Sandbox()
    for file in Self.pages.files() {
      try sandbox.write(file.name, file.text)
      let lint = try sandbox.execute(["mandoc", "-T", "lint", "-W", "style", file.name])
      #expect(lint.status == 0 && lint.output.isEmpty, "\(lint)")
    }
    let script = "mandoc -T utf8 -O width=200 shop.1 shop-item.1 | col -bx"
    let read = try sandbox.execute(["bash", "-c", script]).stdout
    for text in [
      ".hidden lines and 'quoted' ones may start so; a \\ too, and -- dashes.", "  kept  as\n",
      "  it -- is\n", "Zoë…",
      "-f, --format FORMAT", "shop item add 'Red bowl' --price 1200 --tag clay", "shop-item(1)",
    ] {
      #expect(read.contains(text), "\(text) in \(read)")
    }
  }
}
