import TextFormats

/// Reads the values of one JSON object into a draft.
struct ObjectReader {
  /// What the object is.
  enum Style {
    /// The body of an `add` or `update`: types are exact.
    case body
    /// A record of a file, which may be another program's: numbers stand for identifiers, texts for
    /// lists.
    case record
  }

  var builder: DraftBuilder
  let style: Style
  private var phones: [(kind: PhoneKind, text: String)] = []
  private var seen: [ColumnRole: String] = [:]

  init(builder: DraftBuilder, style: Style) {
    self.builder = builder
    self.style = style
  }

  /// Takes one member of the object.
  mutating func read(_ role: ColumnRole, _ value: JSONValue, key: String) {
    if role == .unused { return }
    if let other = seen.updateValue(key, forKey: role) {
      builder.fail(role.fieldName, "is given twice, as “\(other)” and “\(key)”")
      return
    }
    switch role {
    case .field(.tags):
      if let tags = list(value, .tags, separators: ";,") { builder.setTags(tags) }
    case .field(.groups): readGroups(value)
    case .field(.optOuts): readOptOuts(value)
    case .field(.customFields): readCustomFields(value)
    case .field(let field): if let text = text(value, field) { builder.set(field, text) }
    case .phone(let kind): if let text = text(value, .phone) { phones.append((kind, text)) }
    case .optOut(let channel): readOptOut(channel, value)
    case .custom(let name): readCustom(name, value)
    case .consents: readConsents(value)
    default: break
    }
  }

  /// The draft, or all that is wrong with the record.
  mutating func finish() -> MappedRecord {
    finishPhones()
    return builder.finish()
  }

  /// Of several phones the one that counts; an empty one only where all are.
  mutating func finishPhones() {
    let inOrder = phones.sorted { $0.kind < $1.kind }
    guard let first = inOrder.first else { return }
    builder.set(.phone, (inOrder.first { !MemberValues.trimmed($0.text).isEmpty } ?? first).text)
  }

  // MARK: Texts

  /// The text of a field; nil where it is of another type, which is noted. Null is an empty text.
  private mutating func text(_ value: JSONValue, _ field: MemberField) -> String? {
    switch value {
    case .null: return ""
    case .string(let text): return text
    case .number(let spelling) where style == .record && field == .externalId: return spelling
    default:
      let why = field == .phone || field == .zipCode ? "; a number would lose its zeros" : ""
      builder.fail(field.rawValue, "has to be a text in quotes, not \(ObjectReader.kind(value))\(why)")
      return nil
    }
  }

  /// What a value is, in the words of people who fill in fields.
  static func kind(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }

  // MARK: Lists

  /// The texts of a list; nil where it is none, which is noted.
  private mutating func list(_ value: JSONValue, _ field: MemberField, separators: String) -> [String]? {
    switch value {
    case .null: return []
    case .string(let text) where style == .record:
      return text.unicodeScalars.split { separators.unicodeScalars.contains($0) }.map { String($0) }
    case .array(let elements):
      var texts: [String] = []
      for element in elements {
        guard let text = name(element, field) else { return nil }
        texts.append(text)
      }
      return texts
    default:
      builder.fail(field.rawValue, "has to be a list of texts, not \(ObjectReader.kind(value))")
      return nil
    }
  }

  /// An element of a list: a text, or of groups an object with a name.
  private mutating func name(_ element: JSONValue, _ field: MemberField) -> String? {
    if case .string(let text) = element { return text }
    if field == .groups, case .object(let group) = element {
      for key in ["name", "id"] {
        if case .string(let text)? = group[key], !text.isEmpty { return text }
      }
      builder.fail(field.rawValue, "has a group without a name")
      return nil
    }
    builder.fail(field.rawValue, "has to be a list of texts, but has \(ObjectReader.kind(element)) in it")
    return nil
  }

  private mutating func readGroups(_ value: JSONValue) {
    if let groups = list(value, .groups, separators: ";") { builder.setGroups(groups) }
  }

  // MARK: Consent

  private mutating func readOptOuts(_ value: JSONValue) {
    if value == .null || value == .string("") {
      builder.setBlank(.optOuts)
      return
    }
    guard let names = list(value, .optOuts, separators: ";,") else { return }
    do throws(ValueProblem) {
      let outs = try builder.values.channels(names)
      for channel in Channel.allCases { builder.setConsent(channel, isOut: outs.contains(channel)) }
    } catch {
      builder.fail(MemberField.optOuts.rawValue, error)
    }
  }

  private mutating func readOptOut(_ channel: Channel, _ value: JSONValue) {
    switch value {
    case .bool(let isOut): builder.setConsent(channel, isOut: isOut)
    case .null: builder.setOptOut(channel, "")
    case .string(let text), .number(let text): builder.setOptOut(channel, text)
    default:
      builder.fail("\(channel.rawValue)OptOut", "has to be true or false, not \(ObjectReader.kind(value))")
    }
  }

  /// `{"email":{"state":"in"|"out"|null,"reason":…},…}`, as `member show` has it.
  private mutating func readConsents(_ value: JSONValue) {
    if value == .null { return }
    guard case .object(let consents) = value else {
      builder.fail("consents", "has to be an object, not \(ObjectReader.kind(value))")
      return
    }
    for member in consents.members {
      guard let channel = Channel(rawValue: member.key), let state = ObjectReader.state(member.value) else {
        builder.fail(
          "consents", "“\(member.key)” needs a known channel and a state of \"in\", \"out\" or null")
        continue
      }
      guard case .string(let text) = state.value else { continue }
      builder.setConsent(channel, isOut: text == "out", reason: state.reason)
    }
  }

  /// The state of one channel, if it is one of those that there are, and its reason.
  private static func state(_ value: JSONValue) -> (value: JSONValue, reason: String?)? {
    guard case .object(let consent) = value else {
      return value == .null ? (.null, nil) : nil
    }
    let state = consent["state"] ?? .null
    guard [.null, "in", "out"].contains(state) else { return nil }
    if case .string(let reason)? = consent["reason"] { return (state, reason) }
    return (state, nil)
  }

  // MARK: Custom fields

  private mutating func readCustomFields(_ value: JSONValue) {
    switch value {
    case .null: builder.setBlank(.customFields)
    case .object(let object):
      do throws(ValueProblem) {
        let fields = try builder.values.customFields(object)
        if fields.isEmpty { builder.setBlank(.customFields) }
        for field in fields { builder.append(field) }
      } catch {
        builder.fail(MemberField.customFields.rawValue, error)
      }
    default:
      builder.fail(
        MemberField.customFields.rawValue, "has to be an object, not \(ObjectReader.kind(value))")
    }
  }

  /// One custom field, whose value keeps its type.
  mutating func readCustom(_ name: String, _ value: JSONValue) {
    do throws(ValueProblem) {
      if value == .null || value == .string("") {
        builder.setCustomBlank(try builder.values.customName(name))
      } else {
        for field in try builder.values.customFields(JSONObject([(name, value)])) { builder.append(field) }
      }
    } catch {
      builder.fail("custom.\(name)", error)
    }
  }
}
