import CareSphereKit
import TextFormats

/// Templates: they are taken or every mistake has its place; what they render is bounded, and in HTML no value brings
/// markup with it. What is rendered is read as HTML is, which has to end as well.
enum TemplateOracle {
  /// Values that would do harm where they are not escaped.
  private static let values = JSONObject([
    ("firstName", "Zoë <b>&\"'\u{202E}"), ("lastName", "{{firstName}}"), ("email", "a@example.org"),
    ("age", 41),
    ("none", nil), ("yes", true), ("no", false), ("empty", ""), ("list", [1, "<i>", [2, nil]]),
    ("rows", [["n": "1<"], ["n": "2\n"]]), ("custom", ["shoeSize": "4.50", "a": ["b": ["c": "deep <"]]]),
  ])

  static func check(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    let (template, problems) = MustacheTemplate.parse(text)
    for problem in problems {
      try require(!problem.message.isEmpty, "a mistake without words")
      try require(problem.position.offset <= text.utf8.count, "a mistake behind the end: \(problem)")
    }
    let places = problems.map(\.position.offset)
    try require(places == places.sorted(), "mistakes out of order: \(problems)")
    _ = HTMLText.plain(Array(text.utf8))
    guard problems.isEmpty else { return }
    let rendered = try [MustacheEscaping.none, .html, .markdown, .json].map { escaping in
      try render(template, escaping)
    }
    if let html = rendered[1] {
      if isTame(text) { try require(!html.contains("<"), "markup from a value: \(html)") }
      _ = HTMLText.plain(Array(html.utf8))
    }
  }

  /// A rendering, twice the same; nil where it is refused.
  private static func render(_ template: MustacheTemplate, _ escaping: MustacheEscaping) throws -> String? {
    let fields = values.keys
    let program = try MustacheProgram(template, context: MustacheContext(fields: fields), escaping: escaping)
    { name in
      switch name {
      case "self": template
      case "signature": try MustacheTemplate("{{#rows}}{{n}}\n{{/rows}}  {{>self}}")
      default: nil
      }
    }
    do {
      let person = fields.map { values[$0] ?? .null }
      let text = try program.render(person)
      try require(text.utf8.count <= MustacheProgram.maximumBytes, "\(text.utf8.count) bytes")
      return text
    } catch let error as CareError where error.code == .validation {
      return nil
    }
  }

  /// Whether the template itself has no markup and asks for none: no `<` of its own, no tag that is not escaped, nothing
  /// that changes what a tag is.
  private static func isTame(_ text: String) -> Bool {
    !text.utf8.contains(UInt8(ascii: "<")) && !text.contains("{{{") && !text.contains("&")
      && !text.contains("=")
  }
}
