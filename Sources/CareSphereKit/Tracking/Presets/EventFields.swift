import TextFormats

/// The fields of an event. Texts may be written as numbers, and empty ones count as absent.
struct EventFields {
  let object: JSONObject

  init(_ object: JSONObject) { self.object = object }

  /// A text; nil where it is absent or something else.
  func text(_ key: String) -> String? {
    switch object[key] {
    case .string(let text): text.isEmpty ? nil : text
    case .number(let number): number
    default: nil
    }
  }

  /// A text that has to be there.
  func required(_ key: String) throws(EventProblem) -> String {
    guard let text = text(key) else { throw EventProblem(key, "is missing") }
    return text
  }

  /// The object of a key; one without fields where there is none.
  func inner(_ key: String) -> EventFields {
    guard case .object(let inner)? = object[key] else { return EventFields(JSONObject()) }
    return EventFields(inner)
  }

  /// The objects in a list; none where there is none.
  func list(_ key: String) -> [EventFields] {
    guard case .array(let elements)? = object[key] else { return [] }
    return elements.compactMap { if case .object(let object) = $0 { EventFields(object) } else { nil } }
  }

  /// The texts in a list, or a text that stands alone.
  func texts(_ key: String) -> [String] {
    if let text = text(key) { return [text] }
    return object[key]?.texts ?? []
  }

  /// A time of RFC 3339, such as `2025-11-13T09:15:00Z`.
  func time(_ key: String) throws(EventProblem) -> Timestamp {
    let text = try required(key)
    guard let time = Timestamp(text) else {
      throw EventProblem(key, "is no time such as 2025-11-13T09:15:00Z")
    }
    return time
  }

  /// A time in seconds since 1970, which may have a fraction.
  func epoch(_ key: String) throws(EventProblem) -> Timestamp {
    let text = try required(key)
    let seconds = Int(text) ?? Double(text).flatMap { Int(exactly: $0.rounded(.down)) }
    guard let seconds, let time = Timestamp(secondsSinceEpoch: seconds) else {
      throw EventProblem(key, "is no time in seconds since 1970")
    }
    return time
  }

  /// Our id of the recipient, where it was sent along as a parameter of the mail, however the provider spells it.
  var recipientID: String? {
    for name in ProviderHeaders.parameterNames {
      if let id = texts(name).first?.lowercased(), UUIDText.isValid(id) { return id }
    }
    return nil
  }
}
