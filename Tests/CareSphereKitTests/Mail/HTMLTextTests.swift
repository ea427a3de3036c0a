import TestSupport
import Testing

@testable import CareSphereKit

/// HTML as somebody reads it who sees text only.
@Suite struct HTMLTextTests {
  private func plain(_ html: String) -> String {
    String(decoding: HTMLText.plain(Array(html.utf8)), as: UTF8.self)
  }

  @Test(
    arguments: [
      ("<p>Dear Ada,</p><p>come &amp; see</p>", "Dear Ada,\n\ncome & see\n"),
      ("a<br>b<br/><br />c", "a\nb\n\nc\n"),
      ("  many \n\t blanks  ", "many blanks\n"), ("<b>bo</b>ld <i> x </i>y", "bold x y\n"), ("", ""),
      ("<p></p>", ""),
      ("<ul><li>one<li>two</ul>after", "- one\n- two\n\nafter\n"),
      ("<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>", "1. a\n2. b\n   - c\n"),
      ("<ol start=9><li>a</li><li>b<br>c</li></ol>", "9. a\n10. b\n    c\n"),
      ("<ul><li><p>para</p><p>two</p></li></ul>", "- para\n\n  two\n"),
      ("<h1>Großes</h1><h2>a b</h2><h3>c</h3>d", "Großes\n======\n\na b\n---\n\nc\n\nd\n"),
      ("<a href=\"https://x.example/?a=1&amp;b=2\">See</a>.", "See <https://x.example/?a=1&b=2>.\n"),
      ("<a href='https://x.example/'>x.example</a>", "x.example\n"), ("<a href=#top>up</a>", "up\n"),
      ("<a href='javascript:x()'>run</a>", "run\n"),
      ("<a href=mailto:a@b.example>a@b.example</a>", "a@b.example\n"),
      ("<a href='mailto:a@b.example'>write</a>", "write <a@b.example>\n"),
      ("<a href='https://x.example'><img src=l.png alt='Our logo'></a>", "Our logo <https://x.example>\n"),
      ("<script>if (a<b) {}</script>x<style>p{}</style><!-- <p>no</p> -->y<title>t</title>", "xy\n"),
      ("<SCRIPT>a</SCRIPT >x<script>never ends", "x\n"),
      ("<!DOCTYPE html><?xml?><![if !mso]>a<![endif]>", "a\n"),
      ("a<!-->b-->c", "ab-->c\n"),
      ("1 < 2 & 3 > 2 &unknown; &#8217;&#x2019;&#146;&#0;", "1 < 2 & 3 > 2 &unknown; ’’’\u{FFFD}\n"),
      ("&lt;p&gt; &amp;amp; &euro;&eacute;&Eacute;&hellip;&nbsp;x", "<p> &amp; €éÉ… x\n"),
      ("AT&T &amp&ampx &copy", "AT&T &&ampx &copy\n"),
      ("<blockquote>a<p>b</p><blockquote>c</blockquote></blockquote>d", "> a\n>\n> b\n>\n> > c\n\nd\n"),
      ("<pre>a\n  b\n\nc</pre>d", "a\n  b\n\nc\n\nd\n"), ("a<hr>b", "a\n\n--------------------\n\nb\n"),
      ("<table><tr><td>a</td><td>b</td></tr><tr><th>c<td>d</table>", "a  b\ncd\n"),
      ("<div>a<div>b</div></div>c", "a\nb\nc\n"), ("soft&shy;hy\u{200B}phen\u{FEFF}", "softhyphen\n"),
      ("你好<br>שלום 😀", "你好\nשלום 😀\n"), ("<p title='>'>a</p>", "a\n"), ("<p", ""), ("a<", "a<\n"),
      ("</p>a</li></ul></a>", "a\n"),
      ("<li>alone</li>", "- alone\n"), ("<a href=\"https://x.example\"></a>", "<https://x.example>\n"),
    ]) func readsSo(_ html: String, _ expected: String)
  {
    #expect(plain(html) == expected)
  }

  @Test func anythingIsRead() {
    var generator = SeededGenerator(seed: 5)
    let pieces = [
      "<", ">", "</", "<p", "<ul>", "</ul>", "<li>", "<a href='", "'", "\"", "=", "&", "&#", ";", "<!--",
      "-->", "<pre>",
      "</pre>", "<h1>", "</h1>", "<script", "<blockquote>", "</blockquote>", " ", "\n", "é", "x", "\u{0}",
      "\u{A0}", "<br>",
      "<td>", "</td>", "&amp", "<ol start=99999999999999999999>",
    ]
    for _ in 0..<3000 {
      let html = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? ""
      }.joined()
      let text = plain(html)
      #expect(text.isEmpty || text.hasSuffix("\n"))
      #expect(String(validating: HTMLText.plain(Array(html.utf8)), as: UTF8.self) != nil, "\(html)")
    }
  }

  @Test func deepNestingIsShownFlat() {
    let html = String(repeating: "<blockquote><ul><li>", count: 50_000) + "x"
    #expect(plain(html).utf8.count < 1000)
  }
}
