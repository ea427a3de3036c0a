import CareSphereKit
import Testing
import TextFormats

/// Partials: what they see, how they are indented, and where they end.
@Suite struct MustachePartialTests {
  static let cases: [MustacheCase] = [
    .init("a partial", "<{{>p}}>", partials: ["p": "in"], gives: "<in>"),
    .init("one that is not there", "<{{>q}}>\n{{>q}}\n", partials: ["p": "in"], gives: "<>\n"),
    .init("blanks around its name", "{{>  p\t}}", partials: ["p": "in"], gives: "in"),
    .init("a name with spaces", "{{> the footer }}", partials: ["the footer": "in"], gives: "in"),
    .init(
      "it sees what is around it", "{{#l}}{{>p}}{{/l}}", ["l": [["k": 1], ["k": 2]], "o": "."],
      partials: ["p": "{{k}}{{o}}"], gives: "1.2."),
    .init("one in another", "{{>a}}", ["v": 1], partials: ["a": "({{>b}})", "b": "{{v}}"], gives: "(1)"),
    .init(
      "itself, as far as the data goes", "{{>t}}",
      ["n": "a", "c": [["n": "b", "c": [["n": "c", "c": []]]]]],
      partials: ["t": "{{n}}[{{#c}}{{>t}}{{/c}}]"], gives: "a[b[c[]]]"),
    .init(
      "it escapes as the outermost does", "{{>p}}", ["v": "&"], partials: ["p": "{{v}}{{{v}}}"],
      gives: "&amp;&"),
    // Indentation.
    .init("inline it is not indented", "  x {{>p}}\n", partials: ["p": "1\n2"], gives: "  x 1\n2\n"),
    .init("alone each line is", "a\n  {{>p}}\nb", partials: ["p": "1\n2\n"], gives: "a\n  1\n  2\nb"),
    .init("its own line goes", "{{>p}}\nb", partials: ["p": "1"], gives: "1b"),
    .init("with CR LF", "a\r\n\t{{>p}}\r\nb", partials: ["p": "1\r\n2\r\n"], gives: "a\r\n\t1\r\n\t2\r\nb"),
    .init("in the last line", "a\n {{>p}}", partials: ["p": "1\n2"], gives: "a\n 1\n 2"),
    .init(
      "lines of values are not", " {{>p}}\n", ["v": "x\ny\n"], partials: ["p": "{{{v}}}\n|\n"],
      gives: " x\ny\n\n |\n"),
    .init(
      "a value at the start of a line", " {{>p}}", ["v": "x"], partials: ["p": "{{v}}{{v}}\n{{v}}"],
      gives: " xx\n x"),
    .init(
      "lines of tags alone go", "  {{>p}}\n", ["s": [1, 2]], partials: ["p": "a\n{{#s}}\n{{.}}\n{{/s}}\nb\n"],
      gives: "  a\n  1\n  2\n  b\n"),
    .init(
      "an inline section at the start of a line", " {{>p}}\n", ["s": true],
      partials: ["p": "{{#s}}x{{/s}}y\n{{!c}}z\n"], gives: " xy\n z\n"),
    .init(
      "indentation adds up", " {{>a}}\n", partials: ["a": "1\n  {{>b}}\n3\n", "b": "2\n2\n"],
      gives: " 1\n   2\n   2\n 3\n"),
    .init(
      "but not through an inline one", " {{>a}}\n", partials: ["a": "x{{>b}}\ny\n", "b": "1\n2"],
      gives: " x1\n2\n y\n"),
    .init("empty lines too", " {{>p}}\n", partials: ["p": "a\n\nb\n"], gives: " a\n \n b\n"),
    .init("an empty partial", "a\n  {{>p}}\nb", partials: ["p": ""], gives: "a\nb"),
    .init("blanks inside stay", "|{{>p}}|", partials: ["p": " \t"], gives: "| \t|"),
  ]

  @Test(arguments: cases) func rule(_ example: MustacheCase) throws {
    #expect(try example.rendered() == example.expected)
  }

  @Test func whatNeverEndsIsStopped() {
    func fails(_ template: String, _ partials: [String: String], _ data: JSONValue = [:], saying text: String)
    {
      do {
        let rendered = try Mustache.render(template, data, partials: partials)
        Issue.record("rendered \(rendered.utf8.count) bytes")
      } catch {
        #expect(String(describing: error).contains(text), "\(error)")
        #expect((error as? CareError)?.code == .validation)
      }
    }
    fails("{{>p}}", ["p": "x {{>p}}"], saying: "include itself")
    fails("{{>p}}", ["p": "{{#v}}{{>p}}{{/v}}"], ["v": true], saying: "include itself")
    // Twice as many in each as in the one before: a thousand million million without a byte.
    var doubling = ["p50": ""]
    for number in 0..<50 { doubling["p\(number)"] = "{{>p\(number + 1)}}{{>p\(number + 1)}}" }
    fails("{{>p0}}", doubling, saying: "never end")
    let large: JSONValue = .string(String(repeating: "x", count: 1 << 20))
    fails(
      "{{#l}}{{v}}{{/l}}", [:], ["l": .array(Array(repeating: 1, count: 11)), "v": large], saying: "10 MiB")
    fails(
      "{{#l}}{{v}}{{/l}}", [:],
      ["l": .array(Array(repeating: 1, count: 3)), "v": .string(String(repeating: "&", count: 1 << 20))],
      saying: "10 MiB")
    let many: JSONValue = .array(Array(repeating: 1, count: 2000))
    fails("{{#l}}{{#l}}{{/l}}{{/l}}", [:], ["l": many], saying: "never end")
  }

  @Test func aHundredLevelsAreAllowed() throws {
    let deep = String(repeating: "{{#v}}", count: 100) + "x" + String(repeating: "{{/v}}", count: 100)
    #expect(try Mustache.render(deep, ["v": true]) == "x")
    #expect(throws: CareError.self) { try Mustache.render("{{#v}}" + deep + "{{/v}}", ["v": true]) }
  }
}
