import TextFormats

/// What is wrong with a configuration, in the order of finding it.
final class ConfigurationProblems {
  private(set) var all: [CareError.FieldProblem] = []

  func add(_ path: String, _ reason: String) { all.append(CareError.FieldProblem(path, reason)) }
}

/// One object of a configuration while it is read. Asking for a key declares it: what is there and was never asked for
/// is unknown. Whatever is wrong goes to the problems, with its path and without the value, which may be a secret.
final class ConfigurationSection {
  private let object: JSONObject
  private let path: String
  private let problems: ConfigurationProblems
  private let paths: ConfigurationPaths
  private var known: [String] = []

  /// - Parameters:
  ///   - object: what is written.
  ///   - path: the keys that lead to it, joined by dots; "" for the whole file.
  ///   - problems: takes what is wrong.
  ///   - paths: what relative paths begin at.
  init(_ object: JSONObject, path: String, problems: ConfigurationProblems, paths: ConfigurationPaths) {
    self.object = object
    self.path = path
    self.problems = problems
    self.paths = paths
  }

  /// Names every key that nobody has asked for.
  func finish() {
    for key in object.keys where !known.contains(key) {
      let nearest = EditDistance.nearest(to: key, in: known).map { "did you mean \(pathTo($0))?" }
      problems.add(pathTo(key), "unknown key; \(nearest ?? "there are \(known.joined(separator: ", "))")")
    }
  }

  /// Says what is wrong with the value of a key.
  func fail(_ key: String, _ reason: String) { problems.add(pathTo(key), reason) }

  private func pathTo(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  // MARK: Values; nil where there is none, where it is null, or where it was wrong

  /// Reads the object behind a key.
  func section(_ key: String, _ body: (ConfigurationSection) -> Void) {
    guard let value = value(key) else { return }
    guard case .object(let object) = value else { return fail(key, "an object", value) }
    let section = ConfigurationSection(object, path: pathTo(key), problems: problems, paths: paths)
    body(section)
    section.finish()
  }

  /// A text that is not empty, of one line unless `isMultiline`.
  func text(_ key: String, isMultiline: Bool = false) -> String? {
    guard let value = value(key) else { return nil }
    guard case .string(let text) = value else {
      fail(key, "a string", value)
      return nil
    }
    guard let reason = ConfigurationText.problem(with: text, isMultiline: isMultiline) else { return text }
    fail(key, reason)
    return nil
  }

  /// What a text stands for.
  func parsed<Value>(_ key: String, _ parse: (String) throws(ValueProblem) -> Value) -> Value? {
    guard let text = text(key) else { return nil }
    do throws(ValueProblem) {
      return try parse(text)
    } catch {
      fail(key, error.reason)
      return nil
    }
  }

  /// One of some words.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String, _: Choice.Type) -> Choice? {
    parsed(key) { text throws(ValueProblem) in
      if let choice = Choice(rawValue: text) { return choice }
      let words = Choice.allCases.map(\.rawValue)
      let nearest = EditDistance.nearest(to: text, in: words).map { "; did you mean \($0)?" } ?? ""
      throw ValueProblem("must be \(ConfigurationText.alternatives(words))\(nearest)")
    }
  }

  /// A whole number.
  func integer(_ key: String, _ range: ClosedRange<Int>) -> Int? {
    guard let value = value(key) else { return nil }
    guard case .number(let spelling) = value else {
      fail(key, "a whole number", value)
      return nil
    }
    if let number = Int(spelling), range.contains(number) { return number }
    fail(key, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    return nil
  }

  /// An amount of money in millionths, which is exact where a binary fraction is not.
  func millionths(_ key: String) -> Int? {
    guard let value = value(key) else { return nil }
    guard case .number(let spelling) = value else {
      fail(key, "a number", value)
      return nil
    }
    if let amount = ConfigurationText.millionths(spelling) { return amount }
    fail(key, "must be a number from 0 to 1000000 with at most six decimals")
    return nil
  }

  /// A time such as `5m`, in seconds.
  func duration(_ key: String) -> Int? {
    parsed(key) { text throws(ValueProblem) in
      guard let seconds = DurationText.seconds(text), seconds <= 3650 * 86_400 else {
        throw ValueProblem("must be a time such as 50s, 5m, 4h or 3d")
      }
      return seconds
    }
  }

  /// The path of a file or folder, absolute unless the configuration's own path is relative.
  func filePath(_ key: String) -> String? { text(key).map(paths.resolve) }

  /// A program and its arguments, which no shell reads. A program that is named with a slash is a path of the file's.
  func command(_ key: String) -> [String]? {
    guard let value = value(key) else { return nil }
    guard case .array(let elements) = value else {
      fail(key, "an array of strings, such as [\"pass\", \"smtp\"]", value)
      return nil
    }
    let words = elements.compactMap { element in
      if case .string(let word) = element { word } else { nil }
    }
    if words.count == elements.count, let program = words.first, !program.isEmpty {
      return [program.contains("/") ? paths.resolve(program) : program] + words.dropFirst()
    }
    fail(key, words.isEmpty ? "must name a program" : "must hold strings only, the program first")
    return nil
  }

  /// The members of an object whose keys are free and whose values are texts.
  func texts(_ key: String) -> [(key: String, value: String)] {
    var result: [(key: String, value: String)] = []
    guard let value = value(key) else { return [] }
    guard case .object(let object) = value else {
      fail(key, "an object", value)
      return []
    }
    let section = ConfigurationSection(object, path: pathTo(key), problems: problems, paths: paths)
    for name in object.keys {
      if let text = section.text(name) { result.append((name, text)) }
    }
    return result
  }

  private func value(_ key: String) -> JSONValue? {
    known.append(key)
    guard let value = object[key], value != .null else { return nil }
    return value
  }

  private func fail(_ key: String, _ expected: String, _ value: JSONValue) {
    fail(key, "must be \(expected), not \(value.kindInWords)")
  }
}
