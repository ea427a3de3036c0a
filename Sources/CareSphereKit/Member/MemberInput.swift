import TextFormats

/// What `member add` and `member update` were given: flags, and the body of `--from-json`.
public struct MemberInput: Sendable {
  /// What is to be done with it.
  public enum Purpose: Sendable {
    /// First and last name are needed; what is empty is left out.
    case add
    /// Everything may be left out; what is empty is emptied.
    case update
  }

  private let flags: [(field: MemberField, value: String)]
  private let custom: [String]
  private let clear: [String]
  private let body: JSONValue?

  /// - Parameters:
  ///   - flags: fields with their values, in the order typed; `tags` and `groups` may come several
  ///     times, one name each.
  ///   - custom: the values of `--custom`, each `NAME=VALUE`.
  ///   - clear: the values of `--clear`: names of fields, `custom.NAME` among them.
  ///   - body: the request body of `--from-json`.
  public init(
    flags: [(field: MemberField, value: String)] = [], custom: [String] = [], clear: [String] = [],
    body: JSONValue? = nil
  ) {
    self.flags = flags
    self.custom = custom
    self.clear = clear
    self.body = body
  }

  /// The draft that all of it makes.
  /// - Throws: `CareError(.usage)` for a field that is given twice, both set and cleared, or unknown to
  ///   `--clear`; `CareError(.validation)` with every value that is wrong.
  public func draft(for purpose: Purpose, values: MemberValues) throws -> MemberDraft {
    let cleared = try clearedFields()
    var reader = ObjectReader(
      builder: DraftBuilder(
        values: values, blank: purpose == .update ? .clear : .keep, clearable: MemberInput.clearable),
      style: .body)
    let given = try readFlags(into: &reader, cleared: cleared)
    try readBody(into: &reader, given: given)
    reader.finishPhones()
    for field in cleared.fields { reader.builder.setBlank(field) }
    for name in cleared.custom { reader.builder.append(CustomField(name: name, value: .null)) }
    reader.builder.checkNames(purpose)
    let problems = reader.builder.problems
    guard problems.isEmpty else { throw CareError.wrongValues(problems) }
    return reader.builder.merged()
  }

  /// A member has to keep both names.
  private static let clearable = Set(MemberField.allCases.filter(\.isClearable))
    .subtracting([.firstName, .lastName])
  private static let clearableNames =
    MemberField.allCases.filter(clearable.contains).map(\.rawValue).joined(separator: ", ")

  // MARK: Flags

  private func readFlags(
    into reader: inout ObjectReader, cleared: (fields: [MemberField], custom: [String])
  ) throws -> Set<String> {
    var given: Set<String> = []
    var lists: [MemberField: [String]] = [:]
    for (field, value) in flags {
      if cleared.fields.contains(field) { throw CareError.givenTwice(field.rawValue) }
      if field == .tags || field == .groups {
        lists[field, default: []].append(value)
      } else if given.contains(field.rawValue) {
        throw CareError.givenTwice(field.rawValue)
      } else {
        reader.builder.set(field, value)
      }
      given.insert(field.rawValue)
    }
    if let tags = lists[.tags] { reader.builder.setTags(tags) }
    if let groups = lists[.groups] { reader.builder.setGroups(groups) }
    for assignment in custom {
      let name = try setCustom(assignment, in: &reader)
      if cleared.custom.contains(name) || !given.insert("custom.\(name)").inserted {
        throw CareError.givenTwice("custom.\(name)")
      }
    }
    return given
  }

  private func setCustom(_ assignment: String, in reader: inout ObjectReader) throws -> String {
    guard let equals = assignment.firstIndex(of: "=") else {
      throw CareError(.usage, "--custom “\(assignment)” has no =", hint: "write it as --custom NAME=VALUE")
    }
    do throws(ValueProblem) {
      let name = try reader.builder.values.customName(String(assignment[..<equals]))
      reader.builder.setCustom(name, String(assignment[assignment.index(after: equals)...]))
      return name
    } catch {
      throw CareError(.usage, "--custom “\(assignment)” \(error.reason)")
    }
  }

  private func clearedFields() throws -> (fields: [MemberField], custom: [String]) {
    var fields: [MemberField] = []
    var names: [String] = []
    for name in clear {
      let role: ColumnRole?
      do {
        role = try ColumnRole(fieldName: name)
      } catch {
        throw CareError(.usage, "--clear: \(error.reason)")
      }
      switch role {
      case .field(let field) where MemberInput.clearable.contains(field): fields.append(field)
      case .phone: fields.append(.phone)
      case .custom(let custom): names.append(custom)
      case .field(let field):
        throw CareError(.usage, "--clear: \(field.rawValue) cannot be emptied")
      default:
        let nearest = FieldNames.nearest(to: Heading.key(name))
        throw CareError(
          .usage, "--clear: there is no field “\(name)”",
          hint: nearest.map { "did you mean \($0)?" }
            ?? "what can be emptied is \(MemberInput.clearableNames) and custom.NAME")
      }
    }
    return (fields, names)
  }

  // MARK: Body

  /// The fields that a body may have, by their keys there.
  private static let bodyFields: [String: MemberField] = {
    var fields = ["status": MemberField.memberStatus]
    for field in MemberField.allCases where !MemberInput.ours.contains(field) {
      fields[field.rawValue] = field
    }
    return fields
  }()

  /// What the program itself sets.
  private static let ours: Set<MemberField> = [.id, .optOuts, .createdAt, .updatedAt]

  private func readBody(into reader: inout ObjectReader, given: Set<String>) throws {
    guard let body else { return }
    guard case .object(let object) = body else {
      throw CareError(
        .validation, "the JSON has to be an object with a member's fields, not \(ObjectReader.kind(body))")
    }
    for member in object.members {
      if let field = MemberInput.bodyFields[member.key] {
        if given.contains(field.rawValue) { throw CareError.givenTwice(field.rawValue) }
        reader.read(.field(field), member.value, key: member.key)
      } else {
        reader.builder.fail(member.key, MemberInput.reason(unknown: member.key))
      }
    }
  }

  private static func reason(unknown key: String) -> String {
    switch MemberField(rawValue: key) {
    case .optOuts?: return "cannot be set here: use member consent"
    case .some: return "is set by the program: leave it out"
    case nil: break
    }
    let near = EditDistance.nearest(to: key, in: bodyFields.keys.sorted())
    let nearest = near ?? FieldNames.nearest(to: Heading.key(key))
    return "is no field" + (nearest.map { "; did you mean \($0)?" } ?? "")
  }
}

extension DraftBuilder {
  /// Both names are needed, and neither can be taken away.
  fileprivate mutating func checkNames(_ purpose: MemberInput.Purpose) {
    for (field, name) in [(MemberField.firstName, draft.firstName), (.lastName, draft.lastName)]
    where name == nil && !problems.contains(where: { $0.field == field.rawValue }) {
      if purpose == .add {
        fail(field.rawValue, "is missing: a member needs a first and a last name")
      } else if emptied.contains(field) {
        fail(field.rawValue, "cannot be emptied: a member needs a first and a last name")
      }
    }
    if purpose == .update, emptied.contains(.memberStatus), draft.memberStatus == nil {
      let choices = MemberStatus.allCases.map(\.rawValue).joined(separator: ", ")
      fail(MemberField.memberStatus.rawValue, "cannot be emptied: it is one of \(choices)")
    }
  }
}
