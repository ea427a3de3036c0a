import TextFormats

/// One record, or a report, as a person reads it.
struct ReadableText {
  let style: TableLayout.Style
  let visible: (String) -> String
  let isUTF8: Bool

  /// Two columns, name and value; values too long for the terminal go on below themselves.
  func record(_ record: JSONObject, columns: [Column]) -> String {
    pairs(columns.map { (visible($0.name), cell(record.value(at: $0.path))) })
  }

  /// The scalars first, then each object and each list under its name.
  func report(_ report: Report) -> String {
    let scalars = report.data.members.filter { $0.value.isScalar }
    var parts = scalars.isEmpty ? [] : [pairs(scalars.map { (visible($0.key), cell($0.value)) })]
    for member in report.data.members where !member.value.isScalar {
      parts.append(bold(visible(member.key)) + "\n" + section(member.value))
    }
    return parts.joined(separator: "\n")
  }

  /// One record with all that belongs to it: its own values first, then each object and each list under its name, the
  /// records of a list one below the other without what they lack.
  func dossier(_ record: JSONObject) -> String {
    let parts = record.members.filter { $0.value.isPart }
    let own = record.members.filter { !$0.value.isPart }
    var texts = own.isEmpty ? [] : [pairs(own.map { (visible($0.key), cell($0.value)) })]
    for part in parts {
      switch part.value {
      case .array(let elements):
        let records = elements.compactMap { if case .object(let object) = $0 { object } else { nil } }
        let blocks = records.map { pairs(flattened($0.withoutNulls, prefix: "")) }
        texts.append(bold(visible("\(part.key) (\(records.count))")) + "\n" + blocks.joined(separator: "\n"))
      default: texts.append(bold(visible(part.key)) + "\n" + section(part.value))
      }
    }
    return texts.joined(separator: "\n")
  }

  private func section(_ value: JSONValue) -> String {
    switch value {
    case .object(let object) where object.isEmpty: return "(none)\n"
    case .array(let elements) where elements.isEmpty: return "(none)\n"
    case .object(let object):
      let values = object.members.map(\.value)
      if values.allSatisfy({ if case .object = $0 { true } else { false } }) {
        return table(object.members.map { JSONObject([("", .string($0.key))]).merging($0.value) })
      }
      if object.members.count > 1, values.allSatisfy({ $0.figure.map { $0 >= 0 } ?? false }) {
        return bars(object)
      }
      return pairs(flattened(object, prefix: ""))
    case .array(let elements):
      let objects = elements.compactMap { if case .object(let object) = $0 { object } else { nil } }
      if objects.count == elements.count { return table(objects) + sparklines(objects) }
      return elements.map { cell($0) + "\n" }.joined()
    default: return cell(value) + "\n"
    }
  }

  /// The scalars and lists of an object, those of inner objects as `outer.inner`.
  private func flattened(_ object: JSONObject, prefix: String) -> [(name: String, value: String)] {
    object.members.flatMap { member -> [(name: String, value: String)] in
      guard case .object(let inner) = member.value, !inner.isEmpty else {
        return [(visible(prefix + member.key), cell(member.value))]
      }
      return flattened(inner, prefix: prefix + member.key + ".")
    }
  }

  private func pairs(_ pairs: [(name: String, value: String)]) -> String {
    let width = pairs.map { DisplayWidth.of($0.name) }.max() ?? 0
    let indent = width + TableLayout.gap
    return pairs.map { name, value in
      let padding = String(repeating: " ", count: indent - DisplayWidth.of(name))
      let room = style.width.map { max(20, $0 - indent) } ?? Int.max
      let lines = TextWrap.lines(value, width: room)
      let rest = lines.dropFirst().map { "\n" + String(repeating: " ", count: indent) + $0 }.joined()
      let first = lines.first ?? ""
      return bold(name) + (first.isEmpty ? "" : padding + first) + rest + "\n"
    }.joined()
  }

  private func table(_ objects: [JSONObject]) -> String {
    var keys: [String] = []
    for key in objects.lazy.flatMap(\.keys) where !keys.contains(key) { keys.append(key) }
    let rows = objects.map { object in keys.map { cell(object[$0]) } }
    let kinds = keys.map { key -> TableLayout.Kind in
      let isNumber = objects.allSatisfy { object in
        object[key].map { $0 == .null || $0.figure != nil } ?? true
      }
      return isNumber ? .number : .text
    }
    let header = style.headers ? [keys.map(visible)] : []
    let layout = TableLayout(measuring: header + rows, columns: kinds, style: style)
    return header.map { layout.line($0, bold: style.bold) }.joined() + rows.map { layout.line($0) }.joined()
  }

  private func bars(_ object: JSONObject) -> String {
    let figures = object.members.map { $0.value.figure ?? 0 }
    let most = figures.max() ?? 0
    let rows = zip(object.members, figures).map { member, figure in
      [visible(member.key), cell(member.value), Chart.bar(figure, of: most, columns: 30, isUTF8: isUTF8)]
    }
    let layout = TableLayout(measuring: rows, columns: [.text, .number, .text], style: style)
    return rows.map { layout.line($0) }.joined()
  }

  /// One sparkline for each figure of a series of periods.
  private func sparklines(_ objects: [JSONObject]) -> String {
    guard isUTF8, objects.count > 2, let first = objects.first,
      first.keys.contains(where: Report.periodKeys.contains)
    else { return "" }
    return first.keys.compactMap { key -> String? in
      let figures = objects.compactMap { $0[key]?.figure }
      guard figures.count == objects.count else { return nil }
      return "\(visible(key))  \(Chart.sparkline(figures))\n"
    }.joined()
  }

  /// A value on one line.
  private func cell(_ value: JSONValue?) -> String {
    switch value {
    case nil, .null: return ""
    case .string(let text): return visible(text)
    case .array(let elements):
      let strings = elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
      if strings.count == elements.count { return visible(strings.joined(separator: ";")) }
      return visible(JSONWriter.string(.array(elements)))
    case .some(let value): return visible(JSONWriter.string(value))
    }
  }

  private func bold(_ text: String) -> String { style.bold ? "\u{1B}[1m" + text + "\u{1B}[m" : text }
}

extension JSONValue {
  var isScalar: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  /// Whether it is an object or a list of objects, with anything in it.
  fileprivate var isPart: Bool {
    switch self {
    case .object(let object): !object.isEmpty
    case .array(let elements):
      !elements.isEmpty && elements.allSatisfy { if case .object = $0 { true } else { false } }
    default: false
    }
  }

  /// The number, to draw it; nil for what is none.
  var figure: Double? {
    if case .number(let spelling) = self, let number = Double(spelling), number.isFinite {
      number
    } else {
      nil
    }
  }
}

extension JSONObject {
  fileprivate var withoutNulls: JSONObject {
    JSONObject(members.filter { $0.value != .null }.map { ($0.key, $0.value) })
  }

  /// The members of this object and those of another.
  func merging(_ other: JSONValue) -> JSONObject {
    guard case .object(let other) = other else { return self }
    return JSONObject(members.map { ($0.key, $0.value) } + other.members.map { ($0.key, $0.value) })
  }
}
