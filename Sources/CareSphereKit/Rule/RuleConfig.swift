import TextFormats

/// Reads the settings of a trigger or an action one by one, and tells under its JSON path what is wrong with each.
struct RuleConfig {
  /// `triggerConfig` or `actionConfig`.
  let path: String
  /// The settings, as they are to be stored.
  private(set) var object: JSONObject
  private(set) var problems: [CareError.FieldProblem] = []

  /// - Parameter object: as it was given; what is `null` counts as not given.
  init(_ object: JSONObject, path: String) {
    self.path = path
    self.object = JSONObject(object.members.filter { $0.value != .null }.map { ($0.key, $0.value) })
  }

  /// Tells of a setting that it is wrong.
  /// - Parameter key: the setting, or a path that begins with it.
  mutating func fail(_ key: String, _ reason: String) {
    problems.append(.init(key.isEmpty ? path : "\(path).\(key)", reason))
  }

  /// Whether something is wrong with a setting.
  func isWrong(_ key: String) -> Bool {
    problems.contains { $0.field == "\(path).\(key)" || $0.field.hasPrefix("\(path).\(key).") }
  }

  func has(_ key: String) -> Bool { object[key] != nil }

  /// Puts another value in the place of a setting; nil takes it away.
  mutating func set(_ key: String, _ value: JSONValue?) { object[key] = value }

  /// Tells of every setting that is none of `keys`.
  /// - Parameter owner: whose settings they are: `the trigger birthday`.
  mutating func checkKeys(_ keys: [String], of owner: String) {
    for key in object.keys where !keys.contains(key) {
      let nearest = EditDistance.nearest(to: key, in: keys)
      let list =
        keys.isEmpty ? "it has none" : nearest.map { "did you mean \($0)?" } ?? "it has \(Self.list(keys))"
      fail(key, "is no setting of \(owner); \(list)")
    }
  }

  /// Tells of a setting that has to be there and is not.
  mutating func require(_ key: String, _ reason: String) {
    if !has(key), !isWrong(key) { fail(key, "is missing: \(reason)") }
  }

  /// A whole number.
  mutating func integer(_ key: String, _ range: ClosedRange<Int>, _ unit: String) -> Int? {
    guard let raw = object[key] else { return nil }
    return integer(raw, key, range, unit)
  }

  /// A whole number somewhere below a setting.
  mutating func integer(_ raw: JSONValue, _ key: String, _ range: ClosedRange<Int>, _ unit: String) -> Int? {
    guard let number = Self.integer(raw), range ~= number else {
      fail(
        key,
        "is \(Self.shown(raw)); it is a whole number of \(unit) from \(range.lowerBound) to \(range.upperBound)"
      )
      return nil
    }
    return number
  }

  /// A text, as `check` makes it; nil where it is missing, empty or wrong.
  mutating func text(
    _ key: String, _ check: (String) throws(ValueProblem) -> String?
  ) -> String? {
    guard let raw = object[key] else { return nil }
    guard case .string(let text) = raw else {
      fail(key, "is \(Self.shown(raw)); it is a text")
      return nil
    }
    do throws(ValueProblem) {
      guard let text = try check(text) else {
        fail(key, "is empty")
        return nil
      }
      object[key] = .string(text)
      return text
    } catch {
      fail(key, error.reason)
      return nil
    }
  }

  /// One of a few words.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(_ key: String) -> Choice?
  where Choice.RawValue == String {
    guard let raw = object[key] else { return nil }
    let words = Choice.allCases.map(\.rawValue)
    guard case .string(let word) = raw, let choice = Choice(rawValue: word) else {
      fail(key, Self.notAmong(words, raw))
      return nil
    }
    return choice
  }

  // MARK: Words

  /// What is said of a value that is none of `words`.
  static func notAmong(_ words: [String], _ raw: JSONValue) -> String {
    var nearest: String?
    if case .string(let word) = raw { nearest = EditDistance.nearest(to: word, in: words) }
    let hint = nearest.map { "; did you mean \($0)?" } ?? ""
    return "is \(shown(raw)), none of \(list(words))\(hint)"
  }

  /// A value as an error shows it.
  static func shown(_ raw: JSONValue) -> String {
    switch raw {
    case .string(let text): MemberValues(clock: Clock(zone: .utc)).quoted(text)
    case .array: "a list"
    case .object: "an object"
    case .null, .bool, .number: JSONWriter.string(raw)
    }
  }

  static func integer(_ raw: JSONValue) -> Int? {
    if case .number(let spelling) = raw { Int(spelling) } else { nil }
  }

  /// `a, b and c`.
  static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}
