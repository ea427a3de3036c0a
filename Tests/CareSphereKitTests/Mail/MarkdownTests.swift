import TestSupport
import Testing

@testable import CareSphereKit

/// Markdown, and values that stand in it.
@Suite struct MarkdownTests {
  private func html(_ markdown: String) throws -> String {
    do {
      return String(decoding: try Markdown.html(Array(markdown.utf8)), as: UTF8.self)
    } catch {
      try Test.cancel("\(error.message)")
    }
  }

  private func escaped(_ value: String) -> String {
    var value = value
    return value.withUTF8 { String(decoding: MarkdownEscaper.escaped($0), as: UTF8.self) }
  }

  @Test func itIsCommonMarkWithoutHTML() throws {
    #expect(
      try html("# Hi\n\n*a* **b** [c](https://x.example)\n")
        == "<h1>Hi</h1>\n<p><em>a</em> <strong>b</strong> <a href=\"https://x.example\">c</a></p>\n")
    #expect(try html("<script>x</script>") == "<!-- raw HTML omitted -->\n")
    #expect(try html("[a](javascript:x)") == "<p><a href=\"\">a</a></p>\n")
    #expect(try html("") == "")
  }

  @Test(
    arguments: [
      "# x", "- x", "* x", "+ x", "1. x", "1) x", "> x", "    x", "\tx", "---", "===", "***", "~~~", "```",
      "<b>x</b>",
      "&lt;", "*x*", "_x_", "__x__", "[x](http://evil.example)", "![x](y)", "<http://evil.example>", "`x`",
      "\\*", "a  ",
      "x_y_z", "[x]: http://evil.example", "a\n# b", "a\n\n- b", "a\n===", "a\n---", "\n\nx\n", "a\\",
      "a\n    b", "a\r\nb", "C#",
      "Hi!", "(http://evil.example)", "|a|b|", "2024.", "-5", "O'Brien & Sons <x@y.example>",
    ]) func aValueIsText(_ value: String) throws
  {
    let visible = value.split { $0.isNewline }.map { $0.split(separator: " ").joined(separator: " ") }
      .map { $0.replacing("\t", with: "") }.filter { !$0.isEmpty }
    for template in ["VALUE", "x VALUE", "VALUE y", "Hi VALUE, [a](b)", "- VALUE", "> VALUE"] {
      let markdown = template.replacing("VALUE", with: escaped(value))
      let result = try html(markdown)
      let neutral = try html(template.replacing("VALUE", with: "VALUE"))
      let text = String(decoding: HTMLText.plain(Array(result.utf8)), as: UTF8.self)
      for line in visible { #expect(text.contains(line), "\(markdown) gives \(result)") }
      // The same elements as with a word in its place, but for line breaks.
      #expect(elements(result).filter { $0 != "<br />" } == elements(neutral), "\(markdown) gives \(result)")
    }
  }

  private func elements(_ html: String) -> [String] {
    html.split(separator: "<").dropFirst(html.hasPrefix("<") ? 0 : 1).map {
      "<" + $0.prefix { $0 != ">" } + ">"
    }
  }

  @Test func randomValuesAreText() throws {
    var generator = SeededGenerator(seed: 23)
    let signs = Array("*_`[]()<>&!#-+=.~|\\\"':/@ 1a\n")
    for _ in 0..<3000 {
      let value = String(
        (0..<Int.random(in: 1...12, using: &generator)).map { _ in
          signs.randomElement(using: &generator) ?? "a"
        })
      let result = try html("\(escaped(value)) b")
      let tags = elements(result).filter { !["<p>", "</p>", "<br />"].contains($0) }
      #expect(tags.isEmpty, "«\(value)» gives \(result)")
    }
  }

  @Test func addressesOfLinksStillWork() throws {
    for url in ["https://x.example/a_b/?t=1&u=*2*(3)", "mailto:a_b@x.example?subject=un%20sub"] {
      let shown = url.replacing("&", with: "&amp;").replacing("*", with: "*")
      #expect(try html("[a](\(escaped(url)))") == "<p><a href=\"\(shown)\">a</a></p>\n")
      #expect(try html("<\(escaped(url))>").contains("href=\"\(shown)\""))
    }
    #expect(
      try html("<\(escaped("mary-ann.o_neil@x.example"))>").contains(
        "href=\"mailto:mary-ann.o_neil@x.example\""))
  }
}
