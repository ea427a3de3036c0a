import CareSphereKit
import Testing
import TextFormats

/// Sections, inverted sections, comments and delimiters, and the lines that go with them.
@Suite struct MustacheSectionTests {
  private static let yes: JSONValue = ["s": true]
  private static let no: JSONValue = ["s": false]

  static let sections: [MustacheCase] = [
    .init("true is shown", "a{{#s}}b{{/s}}c", yes, gives: "abc"),
    .init("false is not", "a{{#s}}b{{/s}}c", no, gives: "ac"),
    .init("nor what is absent", "a{{#t}}b{{/t}}{{#t.u}}b{{/t.u}}c", yes, gives: "ac"),
    .init(
      "null, empty and zero are false", "{{#a}}1{{/a}}{{#b}}2{{/b}}{{#c}}3{{/c}}{{#d}}4{{/d}}",
      ["a": nil, "b": "", "c": [], "d": .number("0.0")], gives: ""),
    .init(
      "anything else is true", "{{#a}}1{{/a}}{{#b}}2{{/b}}{{#c}}3{{/c}}", ["a": " ", "b": [:], "c": -1],
      gives: "123"),
    .init(
      "an object's names", "{{#o}}{{k}} {{out}}{{/o}}", ["o": ["k": "in"], "out": "out"], gives: "in out"),
    .init("the nearer name", "{{#o}}{{k}}{{/o}} {{k}}", ["o": ["k": "in"], "k": "out"], gives: "in out"),
    .init("a text's own value", "{{#o}}{{.}} = {{o}}{{/o}}", ["o": "x"], gives: "x = x"),
    .init("each of a list", "{{#l}}<{{k}}>{{/l}}", ["l": [["k": 1], ["k": 2], [:]]], gives: "<1><2><>"),
    .init(
      "lists within lists see outwards", "{{#a}}{{#b}}{{x}}{{y}}{{z.w}} {{/b}}{{/a}}",
      ["a": [["x": 1, "z": ["w": "!"], "b": [["y": "p"], ["y": "q"]]], ["x": 2, "b": []]]], gives: "1p! 1q! "),
    .init("the same within itself", "{{#s}}1{{#s}}2{{/s}}3{{/s}}", yes, gives: "123"),
    .init("twice", "{{#s}}1{{/s}}-{{#s}}2{{/s}}", yes, gives: "1-2"),
    .init("a path", "{{#a.b}}{{c}}{{/a.b}}{{#a.x.y}}no{{/a.x.y}}", ["a": ["b": ["c": "!"]]], gives: "!"),
    .init("blanks in the tags", "{{# s }}1{{/\ts }}", yes, gives: "1"),
    // Inverted.
    .init("inverted: false is shown", "{{^s}}1{{/s}}", no, gives: "1"),
    .init("inverted: true is not", "{{^s}}1{{/s}}", yes, gives: ""),
    .init(
      "inverted: absent, null, empty", "{{^x}}1{{/x}}{{^a}}2{{/a}}{{^b}}3{{/b}}{{^a.b}}4{{/a.b}}",
      ["a": nil, "b": []],
      gives: "1234"),
    .init(
      "inverted: a list is not gone through", "{{^l}}1{{/l}}{{^o}}2{{/o}}", ["l": [1, 2], "o": [:]], gives: ""
    ),
    .init("inverted: within itself", "{{^s}}1{{^s}}2{{/s}}3{{/s}}", no, gives: "123"),
    .init("either or", "{{#s}}yes{{/s}}{{^ s }}no{{/ s}}", no, gives: "no"),
  ]

  static let lines: [MustacheCase] = [
    .init("a line of a tag alone goes", "1\n{{#s}}\n2\n{{/s}}\n3\n", yes, gives: "1\n2\n3\n"),
    .init("with blanks around it too", "1\n \t{{#s}}\t \n2\n  {{/s}}\n3", yes, gives: "1\n2\n3"),
    .init("inverted too", "1\n{{^s}}\n2\n{{/s}}\n3\n", no, gives: "1\n2\n3\n"),
    .init("the first line", "  {{#s}}\n1{{/s}}", yes, gives: "1"),
    .init("the last line", "1\n{{#s}}\n2\n  {{/s}}", yes, gives: "1\n2\n"),
    .init("CR LF ends a line", "1\r\n{{#s}}\r\n2\r\n{{/s}}\r\n3", yes, gives: "1\r\n2\r\n3"),
    .init("two tags in a line stay", " {{#s}} {{/s}}\n{{#s}}{{/s}}\n", yes, gives: "  \n\n"),
    .init("a tag beside text stays", "x {{#s}}\n y\n{{/s}} z\n", yes, gives: "x \n y\n z\n"),
    .init("a line break inside an inline section", "|{{#s}} \n {{/s}}|", yes, gives: "| \n |"),
    .init("no-break spaces are no blanks", "\u{a0}{{#s}}\n1{{/s}}", yes, gives: "\u{a0}\n1"),
    .init("sections that are not shown take their lines", "1\n{{#s}}\n2\n{{/s}}\n3\n", no, gives: "1\n3\n"),
    .init("empty lines stay", "\n{{#s}}\n\n{{/s}}\n\n", yes, gives: "\n\n\n"),
  ]

  static let comments: [MustacheCase] = [
    .init("a comment goes", "a{{! no }}b", ["! no ": 1, "no": 2], gives: "ab"),
    .init("over several lines", "a{{!\n no\n}}b\n", gives: "ab\n"),
    .init("its line goes", "a\n  {{! no }}\nb\n", gives: "a\nb\n"),
    .init("all its lines go", "a\n {{!\n no\n }}  \nb", gives: "a\nb"),
    .init("beside text the blanks stay", "a {{! no }} b\n", gives: "a  b\n"),
    .init("with CR LF", "a\r\n{{!no}}\r\nb", gives: "a\r\nb"),
    .init("anything can be in it", "{{!{{#a {{= {{> }}", gives: ""),
    .init("text after it goes on", "1{{!}}2\n{{!}}\n3", gives: "12\n3"),
  ]

  static let delimiters: [MustacheCase] = [
    .init("new signs", "{{=<% %>=}}<%v%> {{v}}", ["v": 1], gives: "1 {{v}}"),
    .init("one sign each", "{{=[ ]=}}[v] [#v]x[/v]", ["v": 1], gives: "1 x"),
    .init(
      "the same sign twice", "{{= | | =}}|v| |#v|x|/v| |>p|", ["v": 1], partials: ["p": "{{v}}"],
      gives: "1 x 1"),
    .init("there and back", "{{=<< >>=}}<<={{ }}=>>{{v}}", ["v": 1], gives: "1"),
    .init("with blanks and line breaks", "{{=  <%\n%>  =}}<% v %>", ["v": 1], gives: "1"),
    .init("escaping with other signs", "{{=<% %>=}}<%v%> <%&v%> <%{v}%>", ["v": "&"], gives: "&amp; & &"),
    .init("they last beyond a section", "{{#s}}{{=( )=}}(/s)(s)", yes, gives: "true"),
    .init("its line goes", "a\n {{=@ @=}} \n@s@", yes, gives: "a\ntrue"),
    .init("its line goes with CR LF", "a\r\n{{=@ @=}}\r\nb", gives: "a\r\nb"),
    .init("its line goes at the end", "a\n{{=@ @=}}", gives: "a\n"),
    .init("beside text it leaves the blanks", "| {{=@ @=}} |\n", gives: "|  |\n"),
    .init(
      "a partial has its own", "{{=( )=}}(>p)(v)", ["v": 1], partials: ["p": "{{v}}(v){{=| |=}}|v|"],
      gives: "1(v)11"),
  ]

  @Test(arguments: sections + lines + comments + delimiters) func rule(_ example: MustacheCase) throws {
    #expect(try example.rendered() == example.expected)
  }
}
