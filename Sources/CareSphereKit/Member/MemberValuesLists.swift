import TextFormats

// MARK: - Tags and groups

extension MemberValues {
  /// The tags of a cell, parted by `;` or `,`.
  public func tags(cell: String) throws(ValueProblem) -> [String]? {
    if cell.isEmpty { return nil }
    return try tags(MemberValues.split(cell, at: MemberValues.isListSeparator))
  }

  static func isListSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ";") || byte == UInt8(ascii: ",")
  }

  /// Tags of which each stands alone. What differs only in case is one tag, spelled as it was first; they
  /// are sorted, so that an export never changes their order.
  /// - Returns: nil where all are empty.
  public func tags(_ raw: [String]) throws(ValueProblem) -> [String]? {
    if raw.count == 1 { return try tag(raw[0]).map { [$0] } }
    var tags: [String] = []
    var keys: Set<String> = []
    for raw in raw {
      guard let tag = try tag(raw) else { continue }
      if keys.insert(CaseFolding.fold(tag)).inserted { tags.append(tag) }
    }
    return tags.isEmpty ? nil : Self.sorted(tags)
  }

  /// Tags in the order in which they are stored: by case folding, then by spelling.
  public static func sorted(_ tags: [String]) -> [String] {
    guard tags.count > 1 else { return tags }
    return tags.map { (key: CaseFolding.fold($0), tag: $0) }
      .sorted { ($0.key, $0.tag) < ($1.key, $1.tag) }.map(\.tag)
  }

  /// One tag: a line of at most 100 characters, with no `;` and no `,`, because lists are joined with them.
  public func tag(_ raw: String) throws(ValueProblem) -> String? {
    guard let tag = try line(raw, limit: 100) else { return nil }
    if let sign = tag.utf8.first(where: MemberValues.isListSeparator) {
      throw ValueProblem("\(quoted(tag)) has a “\(Unicode.Scalar(sign))” in it, which no tag can have")
    }
    return tag
  }

  /// The groups of a cell, parted by `;`; names may have commas.
  public func groups(cell: String) throws(ValueProblem) -> [String]? {
    if cell.isEmpty { return nil }
    return try groups(MemberValues.split(cell) { $0 == UInt8(ascii: ";") })
  }

  /// Names of groups, each once however its case, in their order.
  /// - Returns: nil where all are empty.
  public func groups(_ raw: [String]) throws(ValueProblem) -> [String]? {
    var names: [String] = []
    var keys: Set<String> = []
    for raw in raw {
      guard let name = try groupName(raw) else { continue }
      if keys.insert(CaseFolding.fold(name)).inserted { names.append(name) }
    }
    return names.isEmpty ? nil : names
  }

  /// The name of a group: a line of at most 255 characters, with no `;`, because lists are joined with it.
  public func groupName(_ raw: String) throws(ValueProblem) -> String? {
    guard let name = try line(raw, limit: 255) else { return nil }
    guard !name.utf8.contains(UInt8(ascii: ";")) else {
      throw ValueProblem("\(quoted(name)) has a “;” in it, which no group's name can have")
    }
    return name
  }

  /// The channels of a cell, parted by `;` or `,`, each once.
  public func channels(cell: String) throws(ValueProblem) -> [Channel]? {
    if cell.isEmpty { return nil }
    let channels = try channels(MemberValues.split(cell, at: MemberValues.isListSeparator))
    return channels.isEmpty ? nil : channels
  }

  /// Channels by their names, each once, in the order of the enumeration.
  public func channels(_ raw: [String]) throws(ValueProblem) -> [Channel] {
    var named: Set<Channel> = []
    for raw in raw {
      if let channel = try channel(raw) { named.insert(channel) }
    }
    return Channel.allCases.filter(named.contains)
  }
}

// MARK: - Custom fields

extension MemberValues {
  /// The custom fields of a cell that holds a JSON object.
  public func customFields(json cell: String) throws(ValueProblem) -> [CustomField]? {
    // Not NFC: the texts in it are to be kept as they are, and JSON has no NUL.
    let text = MemberValues.trimmed(cell)
    if text.isEmpty { return nil }
    guard case .object(let object) = try Self.json(text) else {
      throw ValueProblem("\(quoted(text)) is no JSON object; write it as {\"name\":\"value\"}")
    }
    let fields = try customFields(object)
    return fields.isEmpty ? nil : fields
  }

  /// The JSON value that a line is.
  static func json(_ line: String) throws(ValueProblem) -> JSONValue {
    do {
      return try JSONParser.parse(line)
    } catch {
      throw ValueProblem("is no JSON: \(error.message), at character \(error.position.column)")
    }
  }

  /// Custom fields by their names, sorted; a value is any JSON, of which `null` takes the field away.
  public func customFields(_ object: JSONObject) throws(ValueProblem) -> [CustomField] {
    var fields: [CustomField] = []
    for member in object.members {
      let name = try customName(member.key)
      try checkCustomValue(member.value, name)
      fields.append(CustomField(name: name, value: member.value))
    }
    fields.sort { $0.name < $1.name }
    for (field, next) in zip(fields, fields.dropFirst()) where field.name == next.name {
      throw ValueProblem("has \(quoted(field.name)) twice")
    }
    return fields
  }

  /// The name of a custom field: a line of 1 to 100 characters.
  public func customName(_ raw: String) throws(ValueProblem) -> String {
    guard let name = try line(raw, limit: 100) else { throw ValueProblem("has a field without a name") }
    return name
  }

  /// A custom field's value from a cell or flag: always text, because a postcode or phone number that
  /// became a number would be lost.
  public func customText(_ raw: String) throws(ValueProblem) -> JSONValue? {
    try line(raw).map(JSONValue.string)
  }

  private func checkCustomValue(_ value: JSONValue, _ name: String) throws(ValueProblem) {
    switch value {
    case .null, .bool, .number: return
    case .string(let text):
      if text.utf8.contains(0) { throw ValueProblem("\(quoted(name)) holds a NUL character: take it out") }
    case .array(let elements):
      for element in elements { try checkCustomValue(element, name) }
    case .object(let object):
      for member in object.members {
        if member.key.utf8.contains(0) {
          throw ValueProblem("\(quoted(name)) holds a NUL character: take it out")
        }
        try checkCustomValue(member.value, name)
      }
    }
  }
}
