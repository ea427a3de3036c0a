import SQLiteStore

/// What is counted of people in one pass over them: one row after the other, without a String for each value.
struct PeopleTally {
  /// The columns of `members AS m` that a row has, in the order in which `add` reads them. After them comes for each
  /// dynamic group whether the member is in it.
  static let columns = """
    m.member_status, m.created_at, m.join_date, m.date_of_birth, m.gender, m.city, m.membership_type, m.tags
    """
  private static let columnCount = 8

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
  /// How many are in each dynamic group, in the order of their columns.
  private(set) var groups: [Int]
  /// How many rows there were.
  private(set) var people = 0

  /// The digits of today as one number.
  private let today: Int
  /// Of each age its place in `ageGroups`; whoever is older is as the last.
  private let groupOfAge: [Int]

  /// - Parameters:
  ///   - growth: with those who have left, without anybody of those who are there.
  ///   - today: what ages count to.
  ///   - groups: how many dynamic groups there are.
  init(_ growth: GrowthTally, today: CalendarDate, groups: Int) {
    self.growth = growth
    self.groups = [Int](repeating: 0, count: groups)
    self.today = PeriodFinder.number(today)
    let oldest = Self.ageGroups.first?.youngest ?? 0
    groupOfAge = (0...oldest).map { age in
      Self.ageGroups.firstIndex { age >= $0.youngest } ?? Self.ageGroups.count
    }
    stillActive = [Int](repeating: 0, count: growth.joined.count)
  }

  // MARK: A member

  /// Counts the member of a row of `columns`.
  mutating func add(_ row: Statement) {
    people += 1
    let period = growth.join(day: row.terminated(2), made: row.terminated(1))
    switch Self.status(row.terminated(0)) {
    case .active:
      statuses[0] += 1
      stillActive[period] += 1
    case .inactive: statuses[1] += 1
    case .pending: statuses[2] += 1
    case .archived: statuses[3] += 1
    }
    ages[ageGroup(row.terminated(3))] += 1
    genders[Self.gender(row.terminated(4))] += 1
    if let city = row.utf8(5), !city.isEmpty { cities.add(city) }
    if let type = row.utf8(6), !type.isEmpty { membershipTypes.add(type) }
    // An empty list has no more than its brackets.
    if let tags = row.utf8(7), tags.count > 2 { tagLists.add(tags) }
    for group in groups.indices where row.bool(Self.columnCount + group) { groups[group] += 1 }
  }

  // A status and a gender are told by how they begin.

  private static func status(_ text: UnsafePointer<UInt8>?) -> MemberStatus {
    switch text?[0] {
    case UInt8(ascii: "i"): .inactive
    case UInt8(ascii: "p"): .pending
    case UInt8(ascii: "a") where text?[1] == UInt8(ascii: "r"): .archived
    default: .active
    }
  }

  private static func gender(_ text: UnsafePointer<UInt8>?) -> Int {
    switch text?[0] {
    case UInt8(ascii: "m"): 0
    case UInt8(ascii: "f"): 1
    case UInt8(ascii: "o"): 2
    case UInt8(ascii: "p"): 3
    default: Gender.allCases.count
    }
  }

  /// A birthday without its year begins with a dash, and its age is unknown; so is that of who is yet to be born.
  private func ageGroup(_ birthday: UnsafePointer<UInt8>?) -> Int {
    let unknown = ages.count - 1
    guard let birthday, birthday[0] != UInt8(ascii: "-") else { return unknown }
    let difference = today - PeriodFinder.number(birthday)
    guard difference >= 0 else { return unknown }
    // The last four digits are month and day: they are less than those of the birthday until it has come.
    return groupOfAge[min(difference / 10000, groupOfAge.count - 1)]
  }
}
