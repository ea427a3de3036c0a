import TextFormats

/// What the names in a template stand for: the fields of a person, which change from one rendering to the
/// next, and what is the same for all. Where a name is in several places the later of these wins: fields,
/// constants, data, settings.
public struct MustacheContext: Sendable {
  /// The names of the values that each rendering is given, in their order.
  public var fields: [String]
  /// What is the same for everybody, by name.
  public var constants: JSONObject
  /// Any JSON: the members of an object are names, another value is what `{{.}}` stands for.
  public var data: JSONValue?
  /// Values by whole name, dots included, as `--set` gives them.
  public var settings: [String: JSONValue]

  /// What the names stand for; without arguments they stand for nothing.
  public init(
    fields: [String] = [], constants: JSONObject = JSONObject(), data: JSONValue? = nil,
    settings: [String: JSONValue] = [:]
  ) {
    self.fields = fields
    self.constants = constants
    self.data = data
    self.settings = settings
  }

  /// Where a name leads, outside of all sections.
  func source(of name: String, path: [String]) -> MustacheLookup.Source {
    guard let first = path.first else { return .value(data ?? .null) }
    if let value = settings[name] { return .value(value) }
    if let value = settings[first] { return .value(value.value(at: path.dropFirst())) }
    if case .object(let object)? = data, let value = object[first] {
      return .value(value.value(at: path.dropFirst()))
    }
    if let value = constants[first] { return .value(value.value(at: path.dropFirst())) }
    guard let field = fields.firstIndex(of: first) else { return .value(.null) }
    // A custom field's name may have dots of its own, and its value is never an object.
    let rest = first == "custom" ? [path.dropFirst().joined(separator: ".")] : Array(path.dropFirst())
    return .field(field, path: path.count == 1 ? [] : rest)
  }
}

/// A name, cut up and looked for once.
struct MustacheLookup: Sendable {
  enum Source: Sendable {
    /// A value of the person, or something within it.
    case field(Int, path: [String])
    case value(JSONValue)
  }

  /// The parts between the dots; none for `.`.
  var path: [String]
  var source: Source

  init(_ name: String, in context: MustacheContext) {
    path = name == "." ? [] : name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    source = context.source(of: name, path: path)
  }
}

extension JSONValue {
  /// What the keys lead to; `null` where one is missing.
  func value(at path: some Sequence<String>) -> JSONValue {
    var value = self
    for key in path {
      guard case .object(let object) = value, let next = object[key] else { return .null }
      value = next
    }
    return value
  }
}
