import TextFormats

/// Figures, or what a command did: not a list of records. As JSON it is `data` itself, as csv and tsv one figure a
/// line, as a table sections for people.
public struct Report: Sendable, Equatable {
  /// One number or word, where it stands and what time it is of.
  public struct Figure: Sendable, Equatable {
    /// The object or list that it is of; `summary` for what stands outside of any.
    public var section: String
    /// Which figure it is, within its section.
    public var key: String
    /// What time it is of, `2025-11`; empty where it is of none.
    public var period: String
    /// A number, a word, a truth value, or null.
    public var value: JSONValue

    /// A figure, of no time by default.
    public init(section: String, key: String, period: String = "", value: JSONValue) {
      self.section = section
      self.key = key
      self.period = period
      self.value = value
    }

    /// The figure as a record of `Report.columns`.
    var record: JSONObject {
      JSONObject([
        ("section", .string(section)), ("key", .string(key)), ("period", .string(period)), ("value", value),
      ])
    }
  }

  /// The report as JSON has it.
  public var data: JSONObject
  /// The lines of csv and tsv.
  public var figures: [Figure]

  /// - Parameters:
  ///   - data: the report as JSON has it.
  ///   - figures: the lines of csv and tsv; derived from the data by default.
  public init(_ data: JSONObject, figures: [Figure]? = nil) {
    self.data = data
    self.figures = figures ?? Self.figures(of: data)
  }

  /// Only these keys of the top of the data, and their figures, in this order.
  func selecting(_ keys: [String]) -> Report {
    let selected = JSONObject(keys.compactMap { key in data[key].map { (key, $0) } })
    let selectedFigures = keys.flatMap { key in
      figures.filter { $0.section == key || $0.section == Self.topSection && $0.key == key }
    }
    return Report(selected, figures: selectedFigures)
  }

  /// The columns of a report in csv and tsv.
  static let columns = [Column("section"), Column("key"), Column("period"), Column("value")]

  /// The section of what stands at the top of the data, outside of any object.
  static let topSection = "summary"
  /// Members that say which period an object is of.
  static let periodKeys: Set<String> = ["period", "hour", "cohort", "date"]

  /// Every scalar of the data as a figure. A member of an object within a section is `outer.inner`; of the objects of
  /// a list, an id is the beginning of the key; without one, the member that names the period gives the period, text
  /// gives the beginning of the key, and numbers and truth values give the figures; without such, `value` is the text.
  static func figures(of data: JSONObject) -> [Figure] {
    data.members.flatMap { member -> [Figure] in
      switch member.value {
      case .object(let object): figures(of: object, section: member.key, prefix: "")
      case .array(let elements): figures(of: elements, section: member.key, prefix: "")
      case let scalar: [Figure(section: topSection, key: member.key, value: scalar)]
      }
    }
  }

  private static func figures(of object: JSONObject, section: String, prefix: String) -> [Figure] {
    object.members.flatMap { member -> [Figure] in
      switch member.value {
      case .object(let inner): figures(of: inner, section: section, prefix: prefix + member.key + ".")
      case .array(let elements): figures(of: elements, section: section, prefix: prefix + member.key + ".")
      case let scalar: [Figure(section: section, key: prefix + member.key, value: scalar)]
      }
    }
  }

  private static func figures(of elements: [JSONValue], section: String, prefix: String) -> [Figure] {
    elements.enumerated().flatMap { index, element -> [Figure] in
      switch element {
      case .object(let object):
        figures(ofElement: object, number: index + 1, section: section, prefix: prefix)
      case .array(let inner): figures(of: inner, section: section, prefix: "\(prefix)\(index + 1).")
      case let scalar: [Figure(section: section, key: "\(prefix)\(index + 1)", value: scalar)]
      }
    }
  }

  private static func figures(
    ofElement object: JSONObject, number: Int, section: String, prefix: String
  ) -> [Figure] {
    if case .string(let id)? = object["id"] {
      let rest = JSONObject(object.members.filter { $0.key != "id" }.map { ($0.key, $0.value) })
      return figures(of: rest, section: section, prefix: "\(prefix)\(id).")
    }
    var period = ""
    var words: [String] = []
    var values: [JSONObject.Member] = []
    for member in object.members {
      switch member.value {
      case .string(let text) where !periodKeys.contains(member.key): words.append(text)
      case .string(let text): period = text
      case .number(let number) where periodKeys.contains(member.key): period = number
      default: values.append(member)
      }
    }
    if values.allSatisfy({ if case .null = $0.value { true } else { false } }) {
      return object.members.filter { !periodKeys.contains($0.key) }.map {
        Figure(section: section, key: "\(prefix)\(number).\($0.key)", period: period, value: $0.value)
      }
    }
    if words.isEmpty, period.isEmpty { words = [String(number)] }
    return values.flatMap { member -> [Figure] in
      let key = prefix + (words + [member.key]).joined(separator: ".")
      switch member.value {
      case .object(let inner): return figures(of: inner, section: section, prefix: key + ".")
      case .array(let inner): return figures(of: inner, section: section, prefix: key + ".")
      case let scalar: return [Figure(section: section, key: key, period: period, value: scalar)]
      }
    }
  }
}
