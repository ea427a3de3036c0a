import CareSphereKit
import Testing
import TextFormats

/// Interpolation, and how names are found.
@Suite struct MustacheNamesTests {
  static let cases: [MustacheCase] = [
    .init("text is text", "No {tags}, no }} here {", gives: "No {tags}, no }} here {"),
    .init("nothing is nothing", "", gives: ""),
    .init("a value", "To {{name}}:", ["name": "Ida"], gives: "To Ida:"),
    .init("blanks around a name", "{{ name\t}}/{{\nname\n}}", ["name": "Ida"], gives: "Ida/Ida"),
    .init("a value is not read again", "{{a}}", ["a": "{{b}}{{{b}}}", "b": "no"], gives: "{{b}}{{{b}}}"),
    .init(
      "four signs are escaped", "{{v}}", ["v": "<a href=\"x\">'&'</a>"],
      gives: "&lt;a href=&quot;x&quot;&gt;'&amp;'&lt;/a&gt;"),
    .init(
      "three braces escape nothing", "{{{v}}} {{{ v }}}", ["v": "<\"&\">"], gives: "<\"&\"> <\"&\">"),
    .init("nor does an ampersand", "{{&v}} {{& v }}", ["v": "<\"&\">"], gives: "<\"&\"> <\"&\">"),
    .init("a whole number", "{{n}} {{{n}}} {{&n}}", ["n": 1200], gives: "1200 1200 1200"),
    .init(
      "a decimal number", "{{a}} {{b}} {{c}} {{d}}",
      ["a": .number("2.50"), "b": .number("3.0"), "c": .number("0.125"), "d": .number("-1.5e3")],
      gives: "2.5 3 0.125 -1.5e3"),
    .init("truth values", "{{yes}} {{no}}", ["yes": true, "no": false], gives: "true false"),
    .init("null and absent are empty", "[{{n}}{{{n}}}{{&n}}{{m}}{{m.n}}]", ["n": nil], gives: "[]"),
    .init("a list as a sentence has it", "{{l}}", ["l": ["a&b", 2, ["c"]]], gives: "a&amp;b, 2, c"),
    .init("an object by its name", "{{o}}", ["o": ["id": 1, "name": "Choir"]], gives: "Choir"),
    .init("another object as JSON", "{{{o}}}", ["o": ["id": 1]], gives: "{\"id\":1}"),
    // Dots.
    .init("a path", "{{p.q.r}}", ["p": ["q": ["r": "deep"]]], gives: "deep"),
    .init("a path that breaks", "[{{p.q.r}}{{q.q}}]", ["p": ["x": 1], "r": "no", "q": "text"], gives: "[]"),
    .init("dots are never part of a key", "[{{p.q}}]", ["p.q": "no"], gives: "[]"),
    .init(
      "the first part is looked for outwards", "{{#in}}{{p.q}}{{/in}}", ["in": ["x": 1], "p": ["q": "out"]],
      gives: "out"),
    .init(
      "the other parts only below it", "[{{#in}}{{p.q}}{{/in}}]", ["in": ["p": [:]], "p": ["q": "no"]],
      gives: "[]"),
    // What a section is about.
    .init("the data itself", "{{.}} {{{.}}} {{&.}}", "<i>", gives: "&lt;i&gt; <i> <i>"),
    .init("a number itself", "{{.}}", 7, gives: "7"),
    .init("an element itself", "{{#l}}{{.}};{{/l}}", ["l": ["x", 2, .number("0.50")]], gives: "x;2;0.5;"),
    .init("lists in lists", "{{#l}}<{{#.}}{{.}}{{/.}}>{{/l}}", ["l": [[1, 2], ["a"]]], gives: "<12><a>"),
    .init("a list at the root", "{{#.}}{{k}} {{/.}}", [["k": "v"], ["k": "w"]], gives: "v w "),
    .init(
      "null in a section hides what is outside", "[{{#s}}{{v}}{{/s}}]", ["v": 1, "s": ["v": nil]], gives: "[]"
    ),
    // A variable's blanks and lines stay.
    .init("a variable never stands alone", "\t{{v}}  \n {{{v}}}\n", ["v": "-"], gives: "\t-  \n -\n"),
    .init("line breaks of a value", "{{v}}", ["v": "a\r\nb\n"], gives: "a\r\nb\n"),
    .init("any script", "{{名}} · {{é}}", ["名": "中文", "é": "Zoë"], gives: "中文 · Zoë"),
    .init("a name with a space", "{{shoe size}}", ["shoe size": 41], gives: "41"),
  ]

  @Test(arguments: cases) func rule(_ example: MustacheCase) throws {
    #expect(try example.rendered() == example.expected)
  }

  @Test func nothingIsEscapedWhereTheBodyIsText() throws {
    let text = try Mustache.render(
      "{{v}} {{{v}}} {{>p}}", ["v": "<&>"], partials: ["p": "{{v}}"], escapesHTML: false)
    #expect(text == "<&> <&> <&>")
  }

  @Test func whatIsNamedTwiceIsTakenFromTheNearer() throws {
    var context = MustacheContext(fields: ["a", "b", "c", "d", "custom"])
    context.constants = JSONObject([("b", "constant"), ("c", "constant"), ("d", "constant")])
    context.data = ["c": "data", "d": "data"]
    context.settings = ["d": "setting", "custom.shoe": "41", "e.f": "path"]
    let program = try MustacheProgram(
      MustacheTemplate("{{a}} {{b}} {{c}} {{d}} {{custom.hat}} {{custom.shoe}} {{e.f}} {{custom.a.b}}"),
      context: context, escaping: .none)
    let custom: JSONValue = ["hat": "L", "shoe": "no", "a.b": "dotted"]
    let text = try program.render(["field", "field", "field", "field", custom])
    #expect(text == "field constant data setting L 41 path dotted")
    #expect(program.usedFields == [0, 4])
    #expect(try program.render([]) == " constant data setting  41 path ")
  }

  @Test func everyoneGetsTheirOwn() throws {
    let program = try MustacheProgram(
      MustacheTemplate("{{name}}{{#tags}} #{{.}}{{/tags}}"),
      context: MustacheContext(fields: ["name", "tags"]),
      escaping: .html)
    var output: [UInt8] = Array("of somebody else".utf8)
    try program.render(["Ana", ["a", "b"]], into: &output)
    #expect(output == Array("Ana #a #b".utf8))
    try program.render(["Ben", []], into: &output)
    #expect(output == Array("Ben".utf8))
  }
}
