import TextFormats

/// Maps records that bring their own keys: objects of JSON, and vCards that were made into some.
struct ObjectMapping: Sendable {
  let options: MappingOptions
  /// The preset, where one with columns of its own was asked for.
  let preset: ImportPreset?
  private let assigned: [String: ColumnRole]
  private let unmapped: UnmappedColumns

  init(_ options: MappingOptions) {
    self.options = options
    preset = options.preset == .auto ? nil : options.preset
    assigned = Dictionary(
      options.assignments.map { (Heading.key($0.heading), $0.role) }, uniquingKeysWith: { first, _ in first })
    unmapped = options.unmapped ?? (preset == nil ? .error : .ignore)
  }

  /// - Parameter ignored: gets the keys that were left out.
  func draft(_ object: JSONObject, _ values: MemberValues, ignored: inout NameList) -> MappedRecord {
    var object = object
    if object.members.count > 2, object.members.suffix(2).map(\.key) == RejectColumn.names {
      for key in RejectColumn.names { object[key] = nil }
    }
    if preset?.columns != nil { return asRow(object, values, ignored: &ignored) }
    var reader = ObjectReader(builder: DraftBuilder(values: values, blank: options.blank), style: .record)
    reader.builder.needsName = options.needsName
    for member in object.members {
      do throws(ValueProblem) {
        if let role = try role(of: member.key) {
          if role == .unused { ignored.insert(member.key) }
          reader.read(role, member.value, key: member.key)
        } else {
          unknown(member, &reader, &ignored)
        }
      } catch {
        reader.builder.fail(member.key, error)
      }
    }
    return reader.finish()
  }

  private func role(of key: String) throws(ValueProblem) -> ColumnRole? {
    if assigned.isEmpty, let field = MemberField(rawValue: key), field != .phone { return .field(field) }
    let normalised = Heading.key(key)
    if let role = assigned[normalised] { return role }
    return try ColumnRole(fieldName: key) ?? ObjectMapping.derived[normalised]
  }

  /// Keys of our own records that are made from others and cannot be set.
  private static let derived: [String: ColumnRole] = [
    "consents": .consents, "age": .unused, "userid": .unused, "importbatchid": .unused,
    "createdby": .unused, "revision": .unused,
  ]

  private func unknown(
    _ member: JSONObject.Member, _ reader: inout ObjectReader, _ ignored: inout NameList
  ) {
    switch unmapped {
    case .ignore: ignored.insert(member.key)
    case .custom: reader.readCustom(member.key, member.value)
    case .error:
      reader.builder.fail(member.key, HeadingMap.unknownMessage(member.key, key: Heading.key(member.key)))
    }
  }

  /// Another program's columns as keys: what holds for a table holds for them.
  private func asRow(_ object: JSONObject, _ values: MemberValues, ignored: inout NameList) -> MappedRecord {
    let map: HeadingMap
    do {
      // A record need not have every key that `--map` names.
      var present = options
      let keys = Set(object.keys.map(Heading.key))
      present.assignments = options.assignments.filter { keys.contains(Heading.key($0.heading)) }
      map = try HeadingMap(Headings(line: 1, names: object.keys), options: present)
    } catch let error as CareError {
      guard case .lines(let problems) = error.details else { return .failure([.init("", error.message)]) }
      return .failure(problems.map { .init($0.field ?? "", $0.message) })
    } catch {
      return .failure([.init("", "\(error)")])
    }
    for key in map.ignoredColumns { ignored.insert(key) }
    let cells = object.members.map { ObjectMapping.text($0.value) }
    var row = RowMapping(values: values, cells: cells, blank: options.blank, isGuarded: false)
    row.builder.needsName = options.needsName
    return row.run(map.steps)
  }

  /// The value as the cell of a table would have it.
  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .null: ""
    case .bool(let flag): flag ? "true" : "false"
    case .number(let spelling): spelling
    case .string(let text): text
    case .array(let elements): elements.map(text).joined(separator: ";")
    case .object: JSONWriter.string(value)
    }
  }
}
