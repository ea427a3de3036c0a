import TextFormats

/// What the columns of a table mean, settled once for all its rows.
public struct HeadingMap: Equatable, Sendable {
  /// The preset that was asked for or found out; nil where the columns are our own.
  public let preset: ImportPreset?
  /// The headings of the columns that are left out, in the order of the file.
  public let ignoredColumns: [String]
  let steps: [RecordStep]

  /// Compiles headings.
  /// - Parameters:
  ///   - headings: as the file has them.
  ///   - options: `--preset`, `--map`, `--unmapped`.
  /// - Throws: `CareError(.validation)` with every heading that is unknown or repeated, the nearest
  ///   field named; `CareError(.usage)` where `--map` names a heading that the file does not have.
  public init(_ headings: Headings, options: MappingOptions) throws {
    var resolver = HeadingResolver(headings, options)
    try resolver.assign()
    resolver.resolve()
    if let error = resolver.error { throw error }
    preset = resolver.preset
    ignoredColumns = resolver.ignored.sorted().map { headings.names[$0] }
    steps = resolver.nameless.map { .nameless(column: $0) } + RecordStep.compile(resolver.columns)
  }
}

/// Finds the role of each heading and collects what is wrong with them.
private struct HeadingResolver {
  let headings: Headings
  let options: MappingOptions
  let keys: [String]
  let preset: ImportPreset?
  let unmapped: UnmappedColumns
  private let source: PresetColumns?
  private var assigned: [Int: ColumnRole] = [:]
  private(set) var columns: [ColumnRole: [Int]] = [:]
  private(set) var ignored: [Int] = []
  /// Columns without a heading.
  private(set) var nameless: [Int] = []
  private var problems: [CareError.LineProblem] = []
  private var hasUnknown = false
  /// Nobody reads suggestions for more headings than this, and each takes a look at every field.
  private var suggestionsLeft = 50

  init(_ headings: Headings, _ options: MappingOptions) {
    self.headings = headings
    self.options = options
    keys = headings.names.map(Heading.key)
    switch options.preset {
    case .auto: preset = ImportPreset.detect(Set(keys))
    case let named: preset = named
    }
    source = preset?.columns
    unmapped = options.unmapped ?? (preset == nil ? .error : .ignore)
  }

  /// Gives the headings of `--map` their roles.
  mutating func assign() throws {
    var taken: [ColumnRole: String] = [:]
    for assignment in options.assignments {
      let key = Heading.key(assignment.heading)
      let indices = keys.indices.filter { keys[$0] == key }
      guard let column = indices.first else {
        let nearest = EditDistance.nearest(to: assignment.heading, in: headings.names)
        throw CareError(
          .usage, "--map: the file has no heading “\(assignment.heading)”",
          hint: nearest.map { "did you mean “\($0)”?" }
            ?? "its headings are \(headings.names.prefix(40).map { "“\($0)”" }.joined(separator: ", "))")
      }
      if let other = taken.updateValue(assignment.heading, forKey: assignment.role) {
        throw CareError(
          .usage,
          "--map gives \(assignment.role.fieldName) to both “\(other)” and “\(assignment.heading)”")
      }
      guard assigned.updateValue(assignment.role, forKey: column) == nil else {
        throw CareError(.usage, "--map names the heading “\(assignment.heading)” twice")
      }
    }
  }

  mutating func resolve() {
    let assignedFields = Set(assigned.values.map(\.fieldName)).subtracting([MemberField.phone.rawValue])
    var roles: [ColumnRole?] = []
    let firstOfRejects = firstOfRejects
    for index in keys.indices {
      if let role = assigned[index] {
        roles.append(role)
      } else if index >= firstOfRejects {
        roles.append(.unused)
      } else if let role = role(at: index) {
        // What `--map` says of a field replaces what the preset would take for it.
        roles.append(source != nil && assignedFields.contains(role.fieldName) ? .unused : role)
      } else {
        roles.append(nil)
      }
    }
    refuseRepeated(roles)
    for (index, role) in roles.enumerated() {
      switch role {
      case .unused?: ignored.append(index)
      case let role?: columns[role, default: []].append(index)
      case nil: break
      }
    }
    for (index, role) in roles.enumerated() where role == nil { unknown(index) }
  }

  /// Where the two columns begin that a file of rejected rows has besides those of its source, so that it
  /// can be mended and imported as it is; `Int.max` where it has none.
  private var firstOfRejects: Int {
    keys.count > 2 && keys.suffix(2) == RejectColumn.names ? keys.count - 2 : Int.max
  }

  private mutating func role(at index: Int) -> ColumnRole? {
    do throws(ValueProblem) {
      if let name = try ColumnRole.customName(in: headings.names[index]) { return .custom(name) }
    } catch {
      add(error.reason)
      return .unused
    }
    return source.map { $0.role(of: keys[index]) } ?? FieldNames.role(of: keys[index])
  }

  /// Two columns must not say the same of a member. A preset's columns that are of no use may be
  /// repeated, and other names of one thing may stand beside each other there.
  private mutating func refuseRepeated(_ roles: [ColumnRole?]) {
    var byKey: [String: [Int]] = [:]
    var byRole: [ColumnRole: [Int]] = [:]
    for (index, role) in roles.enumerated() where role != .unused {
      if role == nil && (keys[index].isEmpty || unmapped == .ignore) { continue }
      byKey[keys[index], default: []].append(index)
      if let role, source == nil || assigned[index] != nil { byRole[role, default: []].append(index) }
    }
    var repeated = byKey.values.filter { $0.count > 1 }
    let seen = Set(repeated.flatMap { $0 })
    repeated += byRole.values.filter { $0.count > 1 && !seen.isSuperset(of: $0) }
    for indices in repeated.sorted(by: { $0[0] < $1[0] }) {
      let field = roles[indices[0]]?.fieldName
      let names = Set(indices.map { headings.names[$0] })
      let numbers = indices.map { String($0 + 1) }
      let list = numbers.dropLast().joined(separator: ", ") + " and " + (numbers.last ?? "")
      if names.count == 1, let name = names.first {
        add("the heading “\(name)” is repeated, in columns \(list)", field)
      } else {
        let quoted = indices.map { "“\(headings.names[$0])”" }.joined(separator: " and ")
        add("the headings \(quoted) (columns \(list)) both mean \(field ?? "the same")", field)
      }
    }
  }

  private mutating func unknown(_ index: Int) {
    let name = headings.names[index]
    if keys[index].isEmpty {
      // Spreadsheets write columns that have nothing in them at all.
      if unmapped == .ignore { ignored.append(index) } else { nameless.append(index) }
      return
    }
    switch unmapped {
    case .ignore: ignored.append(index)
    case .custom:
      do throws(ValueProblem) {
        guard let custom = try ColumnRole.customName(in: "custom." + name) else { return }
        if let other = columns.updateValue([index], forKey: .custom(custom))?.first {
          add("the headings “\(headings.names[other])” and “\(name)” both mean custom.\(custom)")
        }
      } catch {
        add(error.reason)
      }
    case .error:
      hasUnknown = true
      add(HeadingMap.unknownMessage(name, key: keys[index], suggests: suggestionsLeft > 0))
      suggestionsLeft -= 1
    }
  }

  private mutating func add(_ message: String, _ field: String? = nil) {
    problems.append(.init(line: headings.line, field: field, message: message))
  }

  /// All that is wrong with the headings, or nil.
  var error: CareError? {
    if problems.isEmpty { return nil }
    let message =
      problems.count == 1 ? "a heading cannot be used" : "\(problems.count) headings cannot be used"
    let hint =
      hasUnknown
      ? "--map 'HEADING=field' says what a column is, --unmapped ignore leaves unknown ones out, "
        + "--unmapped custom keeps them"
      : "leave one of the columns out, or say with --map 'HEADING=field' what each is"
    return CareError(.validation, message, hint: hint, details: .lines(problems))
  }
}

extension HeadingMap {
  /// Why a name is none of ours.
  static func unknownMessage(_ name: String, key: String, suggests: Bool = true) -> String {
    if ["name", "fullname", "membername", "contactname"].contains(key) {
      return "“\(name)” is no field: first and last name need a column each"
    }
    if ["nomail", "noemail", "donotmail", "donotemail", "optout", "optedout", "unsubscribed"].contains(key) {
      return "“\(name)” is no field; those for opt-outs are emailOptOut, smsOptOut and pushOptOut"
    }
    let nearest = suggests ? FieldNames.nearest(to: key) : nil
    return "“\(name)” is no field" + (nearest.map { "; did you mean \($0)?" } ?? "")
  }
}
