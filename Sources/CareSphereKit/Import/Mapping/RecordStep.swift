/// What is to be done with one record's cells: the headings, compiled. Columns are counted from 0.
enum RecordStep: Equatable, Sendable {
  case field(MemberField, column: Int)
  /// Columns that mean the same: the first that is not empty.
  case firstFilled(MemberField, [Int])
  case custom(String, column: Int)
  case optOut(Channel, column: Int)
  /// The given name joined with the middle one; `others` are tried in turn where both are empty.
  case firstName(first: Int?, middle: Int?, others: [Int])
  /// The first e-mail that is not empty.
  case emails([Int])
  case phones([PhoneColumn])
  /// The first address that is not empty.
  case addresses([AddressColumns])
  case birth(day: Int?, month: Int?, year: Int?)
  case googleLabels(column: Int)
  case mailchimpTags(column: Int)
  case mailchimpAddress(column: Int)
  case unsubscribed(times: [Int], reasons: [Int])
  case subscribed([Int])
  case rockEmailPreference(column: Int)
  /// A column without a heading; only an empty cell can be passed over.
  case nameless(column: Int)

  /// A phone, with its kind or the column that names it.
  struct PhoneColumn: Equatable, Sendable {
    var kind: PhoneKind
    var label: Int?
    var column: Int
  }

  /// The columns of one postal address.
  struct AddressColumns: Equatable, Sendable {
    var lines: [Int]
    var whole: Int?
    var city: Int?
    var state: Int?
    var zipCode: Int?
    var country: Int?
  }
}

extension RecordStep {
  /// Compiles what the columns mean into steps, each of which has all the columns that it needs.
  /// - Parameter columns: each role with its columns, in the order of the file.
  static func compile(_ columns: [ColumnRole: [Int]]) -> [RecordStep] {
    var plan = Compilation(columns: columns)
    return plan.steps()
  }

  private struct Compilation {
    var columns: [ColumnRole: [Int]]

    func first(_ role: ColumnRole) -> Int? { columns[role]?.first }

    mutating func steps() -> [RecordStep] {
      var steps: [RecordStep] = []
      var customs: [(name: String, column: Int)] = []
      for (role, indices) in columns {
        guard let column = indices.first else { continue }
        switch role {
        case .field(.firstName): break
        case .field(let field) where indices.count > 1: steps.append(.firstFilled(field, indices))
        case .field(let field): steps.append(.field(field, column: column))
        case .custom(let name): customs.append((name, column))
        case .optOut(let channel): steps.append(.optOut(channel, column: column))
        case .googleLabels: steps.append(.googleLabels(column: column))
        case .mailchimpTags: steps.append(.mailchimpTags(column: column))
        case .mailchimpAddress: steps.append(.mailchimpAddress(column: column))
        case .rockEmailPreference: steps.append(.rockEmailPreference(column: column))
        case .subscribed: steps.append(.subscribed(indices))
        case .unsubscribed:
          steps.append(.unsubscribed(times: indices, reasons: columns[.unsubscribeReason] ?? []))
        case .unsubscribeReason where columns[.unsubscribed] == nil:
          steps.append(.unsubscribed(times: [], reasons: indices))
        default: break
        }
      }
      steps += [names(), emails(), phones(), addresses(), birth()].compactMap { $0 }
      steps.sort { $0.firstColumn < $1.firstColumn }
      customs.sort { $0.name < $1.name }
      return steps + customs.map { .custom($0.name, column: $0.column) }
    }

    private func names() -> RecordStep? {
      let first = first(.field(.firstName))
      let middle = self.first(.middleName)
      let others = columns[.otherFirstName] ?? []
      if let first, middle == nil, others.isEmpty { return .field(.firstName, column: first) }
      if first == nil && middle == nil && others.isEmpty { return nil }
      return .firstName(first: first, middle: middle, others: others)
    }

    private func emails() -> RecordStep? {
      let numbered = columns.compactMap { role, indices -> (Int, Int)? in
        guard case .email(let number) = role, let column = indices.first else { return nil }
        return (number, column)
      }
      return numbered.isEmpty ? nil : .emails(numbered.sorted { $0.0 < $1.0 }.map(\.1))
    }

    /// Fixed kinds in the order of their preference, numbered phones in the order of their numbers.
    private func phones() -> RecordStep? {
      var fixed: [RecordStep.PhoneColumn] = []
      var numbered: [(Int, RecordStep.PhoneColumn)] = []
      for (role, indices) in columns {
        switch role {
        case .phone(let kind):
          fixed += indices.map { RecordStep.PhoneColumn(kind: kind, label: nil, column: $0) }
        case .phoneValue(let number):
          guard let column = indices.first else { continue }
          let label = first(.phoneLabel(number))
          numbered.append((number, RecordStep.PhoneColumn(kind: .other, label: label, column: column)))
        default: break
        }
      }
      fixed.sort { ($0.kind, $0.column) < ($1.kind, $1.column) }
      numbered.sort { $0.0 < $1.0 }
      let all = fixed + numbered.map(\.1)
      if all.count == 1, let only = all.first, only.label == nil, numbered.isEmpty {
        return .field(.phone, column: only.column)
      }
      return all.isEmpty ? nil : .phones(all)
    }

    private func addresses() -> RecordStep? {
      var byKind: [AddressKind: [AddressPart: Int]] = [:]
      for (role, indices) in columns {
        guard case .address(let kind, let part) = role, let column = indices.first else { continue }
        byKind[kind, default: [:]][part] = column
      }
      if byKind.isEmpty { return nil }
      return .addresses(
        byKind.sorted { $0.key < $1.key }.map { _, parts in
          let lines: [AddressPart] = [.street, .street2, .street3, .postBox]
          return AddressColumns(
            lines: lines.compactMap { parts[$0] }, whole: parts[.whole], city: parts[.city],
            state: parts[.state], zipCode: parts[.zipCode], country: parts[.country])
        })
    }

    private func birth() -> RecordStep? {
      guard columns[.field(.dateOfBirth)] == nil else { return nil }
      let (day, month) = (first(.birth(.day)), first(.birth(.month)))
      guard day != nil || month != nil else { return nil }
      return .birth(day: day, month: month, year: first(.birth(.year)))
    }
  }

  /// Where the step belongs in the order of the file, in which problems are listed.
  private var firstColumn: Int {
    switch self {
    case .field(_, let column), .custom(_, let column), .optOut(_, let column), .googleLabels(let column),
      .mailchimpTags(let column), .mailchimpAddress(let column), .rockEmailPreference(let column),
      .nameless(let column):
      column
    case .firstName(let first, let middle, let others): first ?? middle ?? others.first ?? 0
    case .emails(let columns), .subscribed(let columns), .firstFilled(_, let columns): columns.first ?? 0
    case .unsubscribed(let times, let reasons): times.first ?? reasons.first ?? 0
    case .phones(let phones): phones.map(\.column).min() ?? 0
    case .addresses(let addresses): addresses.first?.lines.first ?? addresses.first?.city ?? 0
    case .birth(let day, let month, _): day ?? month ?? 0
    }
  }
}
