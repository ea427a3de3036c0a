import SQLiteStore
import Testing
import TextFormats

@testable import CareSphereKit

/// What a look through a template finds, through its partials too.
@Suite struct TemplateReviewTests {
  private let fixture: DatabaseFixture
  private let store: TemplateStore
  private let finder: TemplateFinder

  init() throws {
    fixture = try DatabaseFixture()
    let provenance = Provenance(actorID: nil, actor: "test", command: "test", at: .now())
    store = TemplateStore(fixture.database, ids: UUIDv7Generator(), provenance: provenance)
    finder = TemplateFinder(fixture.database)
  }

  @discardableResult private func add(_ name: String, _ content: String) throws -> Template {
    try fixture.database.write { try store.add(TemplateValues(name: name, content: content)) }
  }

  /// `line:column field` of each problem in a content.
  private func problems(
    _ content: String, template: String? = nil, declared: [String] = [], settings: [String] = []
  ) throws -> [String] {
    try TemplateReview(
      [TemplateText(field: "content", text: content)], template: template,
      names: TemplateNames(declared: declared, settings: settings), finder: finder
    ).problems.map { "\($0.line):\($0.column ?? 0) \($0.field ?? "")" }
  }

  @Test(
    arguments: [
      "{{firstName}} {{lastName}} {{fullName}} {{age}} {{email}} {{phone}} {{dateOfBirth}} {{gender}} {{city}}",
      "{{id}} {{externalId}} {{memberStatus}} {{membershipType}} {{joinDate}} {{photoUrl}} {{notes}} {{createdAt}}",
      "{{custom.shoeSize}} {{custom.shoe size}} {{customFields.x}} {{#custom}}{{hat}}{{/custom}}",
      "{{organization.name}} {{organization.domain}} {{#organization}}{{name}}{{/organization}}",
      "{{message.title}} {{message.subject}} {{unsubscribeUrl}} {{today}} {{.}}",
      "{{#tags}}{{.}}{{/tags}} {{#groups}}{{name}}{{type}} {{firstName}}{{/groups}} {{^groups}}{{today}}{{/groups}}",
      "plain",
    ]) func theseAreKnown(_ content: String) throws
  {
    #expect(try problems(content) == [])
  }

  @Test(
    arguments: [
      ("{{frstName}}", "1:1"), ("a\n é {{nope}}", "2:4"), ("{{#nope}}{{/nope}}", "1:1"),
      ("{{^nope}}{{/nope}}", "1:1"),
      ("{{firstName.x}}", "1:1"), ("{{organization.nmae}}", "1:1"), ("{{name}}", "1:1"),
      ("{{#groups}}{{nam}}{{/groups}}", "1:12"), ("{{#groups}}{{/groups}}{{name}}", "1:23"),
      ("{{groups.name}}", "1:1"), ("{{firstname}}", "1:1"), ("{{>nobody}}", "1:1"), ("{{#a}}", "1:1"),
    ]) func theseAreNot(_ content: String, place: String) throws
  {
    #expect(Set(try problems(content)) == ["\(place) content"])
  }

  @Test func declaredAndSetNamesAreKnown() throws {
    #expect(
      try problems(
        "{{theme}} {{#event}}{{place}}{{/event}} {{event.date}}", declared: ["theme", "event.date"]) == [])
    #expect(try problems("{{theme}} {{a.b}}", settings: ["theme", "a.b"]) == [])
    #expect(try problems("{{theme}}{{place}}", declared: ["theme"]) == ["1:10 content"])
  }

  @Test func theNearestNameIsProposed() throws {
    let review = try TemplateReview(
      [TemplateText(field: "subject", text: "{{frstName}}{{#organization}}{{domian}}{{/organization}}")],
      names: TemplateNames(), finder: finder)
    #expect(review.problems.map(\.field) == ["subject", "subject"])
    #expect(review.problems.first?.message.contains("“firstName”?") == true)
    #expect(review.problems.last?.message.contains("“domain”?") == true)
    #expect(throws: CareError.self) { try review.check("it") }
  }

  @Test func partialsAreLookedThrough() throws {
    try add("Footer", "{{name}}\n {{bad}}{{> Address }}")
    try add("Address", "{{city}} {{worse}}")
    #expect(
      try problems("{{> footer}}") == [
        "1:1 partial “Footer”", "2:2 partial “Footer”", "1:10 partial “Address”",
      ])
    // What the section around it adds holds in it, and each problem is told of once.
    #expect(
      try problems("{{#groups}}{{>Footer}}{{>Footer}}{{/groups}}") == [
        "2:2 partial “Footer”", "1:10 partial “Address”",
      ])
    let review = try TemplateReview(
      [TemplateText(field: "content", text: "{{today}}{{>footer}}")], names: TemplateNames(), finder: finder)
    #expect(review.uses.map(\.name) == ["today", "footer", "name", "bad", "Address", "city", "worse"])
  }

  @Test func whatIncludesItselfIsSeen() throws {
    try add("Loop", "x\n{{>Loop}}")
    #expect(try problems("{{>loop}}") == ["2:1 partial “Loop”"])
    try add("A", "{{>B}}")
    try add("B", "{{>C}}")
    try add("C", "{{>A}}")
    #expect(try problems("{{>B}}", template: "A") == ["1:1 partial “C”"])
    // With a condition between, it can end.
    try add("Tree", "{{#parts}}{{>Tree}}{{/parts}}")
    #expect(try problems("{{>Tree}}", declared: ["parts"]) == [])
  }

  @Test func aBrokenPartialIsNamed() throws {
    let partial = try add("P", "fine")
    try fixture.database.write {
      try fixture.database.execute("UPDATE templates SET content = 'a{{#b}}'")
    }
    #expect(Set(try problems("{{>p}}")) == ["1:2 partial “P”"])
    let error = #expect(throws: CareError.self) {
      try TemplateProgram(
        subject: nil, content: "{{>p}}", escaping: .none, context: MustacheContext(),
        partial: finder.partial)
    }
    #expect(error?.message.contains("“\(partial.name)”") == true)
  }

  @Test func lineBreaksNeverReachASubject() throws {
    let program = try TemplateProgram(
      subject: "To {{name}}", content: "To {{name}}", escaping: .html,
      context: MustacheContext(fields: ["name"]), partial: finder.partial)
    let text = try program.render(["A\r\nBcc: <x>\n\u{2028}\u{85}B"])
    #expect(text.subject == "To A Bcc: <x>   B")
    #expect(text.content == "To A\r\nBcc: &lt;x&gt;\n\u{2028}\u{85}B")
  }

  @Test func settingsArePairs() throws {
    let settings = try MustacheContext.settings(["a=1=2", "b.c=", " d =x"])
    #expect(settings == ["a": "1=2", "b.c": "", "d": "x"])
    for wrong in [["a"], ["=1"], ["a=1", "a=2"]] {
      let error = #expect(throws: CareError.self) { try MustacheContext.settings(wrong) }
      #expect(error?.code == .usage)
    }
  }
}
