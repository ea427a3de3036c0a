import SQLiteStore

/// What is counted of people in one pass over them: one row after the other, without a String for each value.
struct PeopleTally {
  /// The columns of `members AS m` that a row has, in the order in which `add` reads them.
  static let columns = """
    m.member_status, m.created_at, m.join_date, m.date_of_birth, m.gender, m.city, m.membership_type, m.tags, m.id
    """

  /// Of each age group the label and the youngest age, from the oldest to the youngest.
  static let ageGroups: [(label: String, youngest: Int)] = [
    ("65+", 65), ("55-64", 55), ("45-54", 45), ("35-44", 35), ("25-34", 25), ("18-24", 18), ("13-17", 13),
    ("0-12", 0),
  ]

  /// In the order of `MemberStatus.allCases`.
  private(set) var statuses = [Int](repeating: 0, count: MemberStatus.allCases.count)
  /// In the order of `ageGroups`, then those of unknown age.
  private(set) var ages = [Int](repeating: 0, count: Self.ageGroups.count + 1)
  /// In the order of `Gender.allCases`, then those who have none.
  private(set) var genders = [Int](repeating: 0, count: Gender.allCases.count + 1)
  private(set) var cities = ByteTally()
  private(set) var membershipTypes = ByteTally()
  /// The JSON arrays of tags; who has the same tags mostly has the same text.
  private(set) var tagLists = ByteTally()
  private(set) var growth: GrowthTally
  /// Who joined in a period, as `PeriodFinder` numbers them, and is active.
  private(set) var stillActive: [Int]
  /// How many rows there were.
  private(set) var people = 0

  /// The digits of today as one number.
  private let today: Int

  /// - Parameters:
  ///   - growth: without anybody of those who are there.
  ///   - today: what ages count to.
  init(_ growth: GrowthTally, today: CalendarDate) {
    self.growth = growth
    self.today = PeriodFinder.number(today)
    stillActive = [Int](repeating: 0, count: growth.joined.count)
  }

  // MARK: A member

  /// Counts the member of a row of `columns`.
  mutating func add(_ row: Statement) {
    people += 1
    let period = growth.join(day: row.utf8(2), made: row.utf8(1))
    switch Self.status(row.utf8(0)) {
    case .active:
      statuses[0] += 1
      stillActive[period] += 1
    case .inactive: statuses[1] += 1
    case .pending: statuses[2] += 1
    case .archived:
      statuses[3] += 1
      growth.leave(row.string(8), made: row.utf8(1), joined: period)
    }
    ages[ageGroup(row.utf8(3))] += 1
    genders[Self.gender(row.utf8(4))] += 1
    if let city = row.utf8(5), !city.isEmpty { cities.add(city) }
    if let type = row.utf8(6), !type.isEmpty { membershipTypes.add(type) }
    // An empty list has no more than its brackets.
    if let tags = row.utf8(7), tags.count > 2 { tagLists.add(tags) }
  }

  private static func status(_ text: UnsafeBufferPointer<UInt8>?) -> MemberStatus {
    guard let text, let first = text.first else { return .active }
    switch first {
    case UInt8(ascii: "i"): return .inactive
    case UInt8(ascii: "p"): return .pending
    default: return text.dropFirst().first == UInt8(ascii: "r") ? .archived : .active
    }
  }

  private static func gender(_ text: UnsafeBufferPointer<UInt8>?) -> Int {
    switch text?.first {
    case UInt8(ascii: "m"): 0
    case UInt8(ascii: "f"): 1
    case UInt8(ascii: "o"): 2
    case UInt8(ascii: "p"): 3
    default: Gender.allCases.count
    }
  }

  /// A birthday without its year begins with a dash, and its age is unknown; so is that of who is yet to be born.
  private func ageGroup(_ birthday: UnsafeBufferPointer<UInt8>?) -> Int {
    let unknown = Self.ageGroups.count
    guard let birthday, let first = birthday.first, first != UInt8(ascii: "-") else { return unknown }
    let difference = today - PeriodFinder.number(birthday)
    guard difference >= 0 else { return unknown }
    // The last four digits are month and day: they are less than those of the birthday until it has come.
    let age = difference / 10000
    return Self.ageGroups.firstIndex { age >= $0.youngest } ?? unknown
  }
}
