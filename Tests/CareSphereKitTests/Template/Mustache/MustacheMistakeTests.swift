import CareSphereKit
import TestSupport
import Testing
import TextFormats

/// Mistakes are told of with their line and column, all of them; nothing makes the engine fall over.
@Suite struct MustacheMistakeTests {
  struct Mistake: Sendable {
    var template: String
    /// `line:column` of each problem, and a part of its message.
    var problems: [(String, String)]
  }

  static let mistakes = [
    Mistake(template: "ok\n {{#a}}x", problems: [("2:2", "“a” is never closed")]),
    Mistake(template: "{{/a}}", problems: [("1:1", "no section of this name")]),
    Mistake(
      template: "{{#a}}{{/b}}", problems: [("1:1", "“a” is never closed"), ("1:7", "“b” is closed here")]),
    Mistake(
      template: "{{#a}}\n{{#b}}\n{{/a}}\n{{/b}}",
      problems: [("2:1", "not closed before “a” is, in line 3"), ("4:1", "no section")]),
    Mistake(template: "Zoë: {{name", problems: [("1:6", "}} is missing")]),
    Mistake(template: "a\r\nb\r{{! never", problems: [("3:1", "}} is missing")]),
    Mistake(template: "{{{name}}", problems: [("1:1", "never closed")]),
    Mistake(template: "{{=<% %>=}}<% name }}", problems: [("1:12", "%> is missing")]),
    Mistake(template: "{{first\nname}}", problems: [("1:1", "not closed where its name ends")]),
    Mistake(template: "{{first {{name}}", problems: [("1:1", "not closed where its name ends")]),
    Mistake(
      template: "{{}} {{ }} {{{}}} {{&}} {{#}} {{>}}",
      problems: [
        ("1:1", "names nothing"), ("1:6", "names nothing"), ("1:12", "names nothing"),
        ("1:19", "names nothing"),
        ("1:25", "names nothing"), ("1:31", "names nothing"),
      ]),
    Mistake(template: "{{= =}}", problems: [("1:1", "two delimiters")]),
    Mistake(template: "{{=<%=}}", problems: [("1:1", "two delimiters")]),
    Mistake(template: "{{=a b c=}}", problems: [("1:1", "two delimiters")]),
    Mistake(template: "{{=a= b=}}", problems: [("1:1", "cannot hold")]),
    Mistake(template: "{{=<% %>}}", problems: [("1:1", "never closed")]),
    Mistake(
      template: String(repeating: "{{#a}}", count: 101) + String(repeating: "{{/a}}", count: 101),
      problems: [("1:601", "deeper than 100")]),
  ]

  @Test(arguments: mistakes.indices) func eachIsFoundInItsPlace(_ index: Int) throws {
    let mistake = Self.mistakes[index]
    let found = MustacheTemplate.parse(mistake.template).problems
    #expect(
      found.map { "\($0.position.line):\($0.position.column)" } == mistake.problems.map(\.0),
      "\(mistake.template): \(found.map(\.message))")
    for (problem, expected) in zip(found, mistake.problems) {
      #expect(problem.message.contains(expected.1), "\(problem.message)")
    }
    #expect(throws: CareError.self) { try MustacheTemplate(mistake.template) }
  }

  @Test func tagsHaveTheirPlaces() throws {
    let template = try MustacheTemplate("{{a}}\n{{#b.c}}é{{^d}}{{> p q}}{{/d}}{{/b.c}}\r\n{{=| |=}}|&.|")
    #expect(template.tags.map(\.name) == ["a", "b.c", "d", "p q", "."])
    #expect(template.tags.map(\.kind) == [.variable, .section, .inverted, .partial, .variable])
    #expect(template.tags.map(\.parent) == [nil, nil, 1, 2, nil])
    #expect(
      template.tags.map { "\($0.position.line):\($0.position.column)" } == [
        "1:1", "2:1", "2:10", "2:16", "3:10",
      ])
  }

  @Test func textWithoutTagsIsItself() throws {
    var generator = SeededGenerator(seed: 20_251_113)
    for _ in 0..<500 {
      let text = generator.text(length: 60)
      #expect(try Mustache.render(text) == text)
      #expect(try Mustache.render("{{v}}", ["v": .string(text)], escapesHTML: false) == text)
    }
  }

  @Test func exactlyFourSignsAreEscaped() throws {
    let entities: [Unicode.Scalar: String] = ["&": "&amp;", "\"": "&quot;", "<": "&lt;", ">": "&gt;"]
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<300 {
      let text = generator.text(length: 30) + "<>&\"&amp;"
      let expected = text.unicodeScalars.map { entities[$0] ?? String($0) }.joined()
      let escaped = try Mustache.render("{{v}}", ["v": .string(text)])
      #expect(escaped.utf8.elementsEqual(expected.utf8))
    }
  }

  @Test func noTemplateMakesItFallOver() {
    let pieces = [
      "{{", "}}", "{{{", "}}}", "{{#a}}", "{{/a}}", "{{^b}}", "{{/b}}", "{{>p}}", "{{> q }}", "{{=<% %>=}}",
      "<%={{ }}=%>",
      "<%", "%>", "{{!", "{{=", "=}}", "{{&", "{{.}}", "{{a.b}}", "{{#.}}", "{{/.}}", "\n", "\r\n", " ", "\t",
      "x", "é",
      "{", "}", "=", "#", "/", "{{a}}", "{{{b}}}", "\r", ".",
    ]
    var generator = SeededGenerator(seed: 4)
    func template() -> String {
      (0..<Int.random(in: 0...14, using: &generator))
        .compactMap { _ in pieces.randomElement(using: &generator) }.joined()
    }
    let data: JSONValue = ["a": [1, ["b": "x"], "<"], "b": ["a": ["b": true]], "c": 0]
    var rendered = 0
    for _ in 0..<5000 {
      let texts = ["t": template(), "p": template(), "q": template()]
      do {
        _ = try Mustache.render(texts["t"] ?? "", data, partials: texts)
        rendered += 1
      } catch {
        #expect(error is CareError)
      }
    }
    #expect(rendered > 500)
  }
}
