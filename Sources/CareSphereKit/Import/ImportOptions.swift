/// How a row finds the member that it is about: `--match`.
public enum MatchMode: String, CaseIterable, Sendable {
  case auto
  case externalID = "external-id"
  case email, phone
  case nameAndBirthday = "name+birthday"
  case none
}

/// What happens to a row whose member is there with other values: `--on-conflict`.
public enum ConflictPolicy: String, CaseIterable, Sendable {
  case skip, update, error
}

/// What `member import` was asked for.
public struct ImportOptions: Sendable {
  /// The file; `-` is standard input.
  public var path: String
  public var inputFormat = InputFormat.auto
  public var encoding = TextEncoding.auto
  public var mapping = MappingOptions()
  public var match = MatchMode.auto
  public var onConflict = ConflictPolicy.skip
  public var dateOrder: DateOrder?
  /// Names of groups and tags that every row gets.
  public var groups: [String] = []
  public var tags: [String] = []
  /// The status of new members whose row says none.
  public var status: MemberStatus?
  /// Good rows go in although others are bad.
  public var skipsInvalid = false
  /// More bad rows than this end the import.
  public var maximumErrors: Int?
  /// Whether a row may undo an opt-out.
  public var resubscribes = false
  /// Whether rules act on what is imported.
  public var triggersRules = false

  /// Everything as it is without flags.
  /// - Parameter path: the file; `-` is standard input.
  public init(path: String) { self.path = path }
}

/// What an import did.
public struct ImportReport: Sendable {
  public var batchID: String?
  public var rows = 0
  public var created = 0
  public var updated = 0
  public var unchanged = 0
  public var skipped = 0
  public var rejected = 0
  public var errors: [CareError.LineProblem] = []
  /// The first of the skipped rows, each with whom it is about and what differs.
  public private(set) var skippedRows: [CareError.LineProblem] = []
  /// What is done but may not be what was meant.
  public var warnings: [CareError.LineProblem] = []
  public var groupsCreated: [String] = []
  /// Dynamic groups that rows name, in which nobody can be put.
  public var groupsIgnored: [String] = []
  public var ignoredColumns: [String] = []
  /// vCards that are no people.
  public var skippedEntries = 0
  public var preset: ImportPreset?
  public var format = InputFormat.auto
  public var encoding = TextEncoding.utf8
  /// Whether all bad rows are bad because their member is there with other values.
  public var onlyConflicts = true

  /// How many skipped rows are kept to be named.
  public static let namedSkips = 100

  /// An import that has done nothing yet.
  public init() {}

  /// Counts a row whose member is there with other values, and keeps them.
  mutating func skip(line: Int, _ reason: () -> String) {
    skipped += 1
    if skippedRows.count < Self.namedSkips {
      skippedRows.append(.init(line: line, field: nil, message: reason()))
    }
  }
}
