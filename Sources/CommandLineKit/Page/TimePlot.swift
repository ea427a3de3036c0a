/// The frame of a chart whose values stand side by side: an axis of values at the left, labels below.
///
/// Texts stand where a share of the width is, in their own size; only what is drawn between them is stretched.
struct TimePlot {
  /// The drawing without the labels below it.
  static let height = 200.0
  static let outerHeight = 244
  private static let top = 14.0

  let axis: Axis
  /// What stands below, one for each value; some are left out where there is no room.
  let labels: [String]
  let isWide: Bool
  let isPercent: Bool

  /// Grid, values at the left, labels below.
  func frame() -> String {
    var svg = ""
    for tick in axis.ticks {
      let y = Markup.number(Self.y(tick, axis))
      let text = FigureText.short(tick) + (isPercent ? " %" : "")
      svg += """
        <line class="\(tick == 0 ? "axis" : "grid")" x1="0" x2="100%" y1="\(y)" y2="\(y)"/>\
        <text class="tick left" x="-8" y="\(y)" dy="4">\(text)</text>

        """
    }
    let longest = Double(labels.map(\.count).max() ?? 0)
    // Room in pixels on a telephone, and, for a wide chart, on a desk.
    let every = step(room: 230, label: longest)
    let everyWide = isWide ? step(room: 940, label: longest) : every
    let bottom = Int(Self.top + Self.height) + 20
    for (index, label) in labels.enumerated() {
      let isNarrow = index % every == 0
      guard isNarrow || index % everyWide == 0 else { continue }
      // On a wide screen the labels of a telephone may not fit between the others.
      let kind = isNarrow ? (index % everyWide == 0 ? "" : " narrow") : " wide"
      let x = Markup.number((Double(index) + 0.5) / Double(labels.count) * 100)
      svg += """
        <text class="tick\(kind)" x="\(x)%" y="\(bottom)">\(Markup.escaped(Markup.cut(label, ems: 8)))</text>

        """
    }
    return svg
  }

  /// Marks in a box of `labels.count` times 10 by `height`, stretched over the width.
  func marks(_ title: String, _ content: String) -> String {
    """
    <svg y="\(Markup.number(Self.top))" width="100%" height="\(Markup.number(Self.height))" \
    viewBox="0 0 \(labels.count * 10) \(Markup.number(Self.height))" preserveAspectRatio="none">\
    <title>\(Markup.escaped(title))</title>
    \(content)</svg>

    """
  }

  /// How far down in the whole picture a value is.
  static func y(_ value: Double, _ axis: Axis) -> Double { top + inner(value, axis) }

  /// How far down in the box of the marks a value is.
  static func inner(_ value: Double, _ axis: Axis) -> Double { height * (1 - axis.position(value)) }

  private func step(room: Double, label: Double) -> Int {
    let fitting = max(1, Int(room / (label * 6.6 + 12)))
    let step = max(1, (labels.count + fitting - 1) / fitting)
    // Every sixth hour is read more easily than every fifth; but one label alone tells nothing.
    return (step...max(step, 2 * step)).first { labels.count % $0 == 0 && $0 < labels.count } ?? step
  }
}
