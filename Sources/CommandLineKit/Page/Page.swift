/// A page of figures in one file: HTML with its style and its drawings in it, which fetches nothing and runs nothing.
public struct Page: Sendable {
  /// A figure in large type.
  public struct Tile: Sendable {
    /// Which way it went.
    public enum Direction: Sendable { case up, down, level }

    /// What it is of.
    public var label: String
    /// The figure as it is read.
    public var value: String
    /// How it changed: `12.5 % from 1,100`; nil where nothing is known of that.
    public var change: String?
    /// Which way it went.
    public var direction: Direction

    /// - Parameters:
    ///   - label: what it is of.
    ///   - value: the figure as it is read.
    ///   - change: by how much it changed, without a sign of the direction.
    ///   - direction: which way it went.
    public init(_ label: String, _ value: String, change: String? = nil, direction: Direction = .level) {
      self.label = label
      self.value = value
      self.change = change
      self.direction = direction
    }
  }

  /// What stands under one heading.
  public struct Section: Sendable {
    /// Its heading.
    public var title: String
    /// A sentence or two below it; may be empty.
    public var introduction: String
    /// Figures in large type.
    public var tiles: [Tile]
    /// Charts and lists.
    public var panels: [Panel]

    /// - Parameters:
    ///   - title: its heading.
    ///   - introduction: a sentence or two below it.
    ///   - tiles: figures in large type.
    ///   - panels: charts and lists.
    public init(_ title: String, _ introduction: String = "", tiles: [Tile] = [], panels: [Panel] = []) {
      self.title = title
      self.introduction = introduction
      self.tiles = tiles
      self.panels = panels
    }
  }

  /// The heading of the whole.
  public var title: String
  /// What it is, above the title.
  public var kind: String
  /// Lines below the title: of what time it is, and of whom.
  public var lines: [String]
  /// From top to bottom.
  public var sections: [Section]
  /// The last words.
  public var footer: String
  /// How many bytes of a stored text a table shows at most.
  public var longestText: Int

  /// - Parameters:
  ///   - title: the heading of the whole, also the window's.
  ///   - kind: what it is, above the title.
  ///   - lines: of what time it is, and of whom.
  ///   - sections: from top to bottom.
  ///   - footer: the last words.
  ///   - longestText: how many bytes of a stored text a table shows at most.
  public init(
    title: String, kind: String, lines: [String], sections: [Section], footer: String, longestText: Int = 1000
  ) {
    self.title = title
    self.kind = kind
    self.lines = lines
    self.sections = sections
    self.footer = footer
    self.longestText = longestText
  }

  /// The document (HTML Standard).
  public func html() -> String {
    let title = Markup.escaped(title)
    var html = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
      img-src data:; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <meta name="robots" content="noindex">
      <link rel="icon" href="data:,">
      <title>\(title) – \(Markup.escaped(kind))</title>
      <style>
      \(PageStyle.css)</style>
      </head>
      <body>
      <header>
      <p class="kind">\(Markup.escaped(kind))</p>
      <h1 dir="auto">\(title)</h1>

      """
    for line in lines { html += "<p class=\"line\">\(Markup.escaped(line))</p>\n" }
    html += "</header>\n<main>\n"
    for (index, section) in sections.enumerated() { html += self.html(section, number: index + 1) }
    return html + "</main>\n<footer><p>\(Markup.escaped(footer))</p></footer>\n</body>\n</html>\n"
  }

  private func html(_ section: Section, number: Int) -> String {
    var html =
      "<section aria-labelledby=\"s\(number)\">\n<h2 id=\"s\(number)\">\(Markup.escaped(section.title))</h2>\n"
    if !section.introduction.isEmpty {
      html += "<p class=\"introduction\">\(Markup.escaped(section.introduction))</p>\n"
    }
    if !section.tiles.isEmpty {
      html += "<ul class=\"tiles\">\n" + section.tiles.map(self.html).joined() + "</ul>\n"
    }
    if !section.panels.isEmpty {
      html += "<div class=\"panels\">\n"
      for (index, panel) in section.panels.enumerated() {
        html += panel.html(id: "s\(number)p\(index + 1)", longestText: longestText)
      }
      html += "</div>\n"
    }
    return html + "</section>\n"
  }

  private func html(_ tile: Tile) -> String {
    let (sign, word, kind) =
      switch tile.direction {
      case .up: ("▲", "up", "up")
      case .down: ("▼", "down", "down")
      case .level: ("–", "unchanged", "level")
      }
    let change = tile.change.map {
      "<span class=\"change \(kind)\"><span aria-hidden=\"true\">\(sign)</span><span class=\"spoken\">\(word)</span> "
        + "\(Markup.escaped($0))</span>"
    }
    return """
      <li><span class="name">\(Markup.escaped(tile.label))</span>\
      <span class="figure">\(Markup.escaped(tile.value))</span>\(change ?? "")</li>

      """
  }
}
