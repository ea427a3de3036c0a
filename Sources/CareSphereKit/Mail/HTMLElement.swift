/// What an element of HTML means for somebody who reads text. Looked up once for each tag.
enum HTMLElement {
  case lineBreak, link, image, list, numberedList, item, quotation, cell, rule, preformatted
  /// A heading that is underlined, the larger one twice.
  case title, subtitle
  /// A block with an empty line before and after it.
  case apart
  /// A block that begins a line.
  case line
  /// Nothing of its content is to be read, or it is no HTML.
  case hidden
  case other

  /// - Parameter name: in small letters.
  init(_ name: String) { self = Self.known[name] ?? .other }

  private static let known: [String: HTMLElement] = {
    var known: [String: HTMLElement] = [
      "br": .lineBreak, "a": .link, "img": .image, "ul": .list, "ol": .numberedList, "li": .item,
      "blockquote": .quotation, "td": .cell, "th": .cell, "hr": .rule, "pre": .preformatted, "h1": .title,
      "h2": .subtitle,
    ]
    for name in ["p", "h3", "h4", "h5", "h6", "table", "dl", "fieldset", "form", "figure"] {
      known[name] = .apart
    }
    for name in [
      "div", "section", "article", "header", "footer", "main", "nav", "aside", "address", "center", "tr",
      "caption",
      "dt", "dd", "figcaption", "body", "html", "summary", "details", "legend",
    ] { known[name] = .line }
    for name in ["script", "style", "title", "template", "textarea", "svg", "select"] {
      known[name] = .hidden
    }
    return known
  }()
}
