/// A JSON value whose objects keep the order of their keys and whose numbers keep their spelling,
/// so that what was read can be written again byte for byte (RFC 8259).
public enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  /// The number as it is spelled in JSON, for example `-1.50e3`.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

/// An object's members in the order in which they were written. A key stands once: setting it again
/// replaces the value in its place.
public struct JSONObject: Equatable, Sendable {
  /// The members in their order; no key stands twice.
  public private(set) var members: [Member] = []

  /// A key and its value.
  public struct Member: Equatable, Sendable {
    /// The key without escapes.
    public var key: String
    /// The key's value.
    public var value: JSONValue
  }

  /// An object without members.
  public init() {}

  /// An object of pairs; of a key given twice the last value counts, in the place of the first.
  public init(_ pairs: [(String, JSONValue)]) {
    for (key, value) in pairs { self[key] = value }
  }

  /// An object of pairs whose keys are known to differ, however many there are.
  public init(distinct pairs: [(String, JSONValue)]) {
    members = pairs.map { Member(key: $0, value: $1) }
  }

  /// Members whose keys are known to differ, as a parser knows it.
  init(uniqueMembers: [Member]) { members = uniqueMembers }

  /// The keys in their order.
  public var keys: [String] { members.map(\.key) }
  /// Whether there are no members.
  public var isEmpty: Bool { members.isEmpty }

  /// The value of `key`; assigning `nil` removes the member.
  public subscript(key: String) -> JSONValue? {
    get { members.first { $0.key == key }?.value }
    set {
      let index = members.firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(key: key, value: value))
      case (nil, nil): break
      }
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByNilLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// `true` or `false`.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A number.
  public init(integerLiteral value: Int) { self = .number(String(value)) }
  /// An array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// An object, in the order written.
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(.init(elements)) }
  /// `null`.
  public init(nilLiteral: ()) { self = .null }

  /// A number from an integer.
  public static func integer(_ value: Int) -> JSONValue { .number(String(value)) }
  /// A string, or `null` where there is none.
  public static func optional(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
  /// An array of strings.
  public static func strings(_ values: [String]) -> JSONValue { .array(values.map(JSONValue.string)) }

  /// The strings among an array's elements; none of what is no array.
  public var texts: [String] {
    guard case .array(let elements) = self else { return [] }
    return elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }
}
