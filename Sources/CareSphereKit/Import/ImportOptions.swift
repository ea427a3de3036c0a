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
  /// `auto` goes by the file's name, else by how it begins.
  public var inputFormat = InputFormat.auto
  /// `auto` goes by a byte-order mark, else it is UTF-8 or, where that cannot be, Windows-1252.
  public var encoding = TextEncoding.auto
  /// How columns become fields: `--preset`, `--map`, `--unmapped`, `--blank`.
  public var mapping = MappingOptions()
  /// `auto` goes by the first key that the row has; `none` makes somebody new of every row.
  public var match = MatchMode.auto
  /// Whatever it says, opt-outs of the row apply.
  public var onConflict = ConflictPolicy.skip
  /// Of dates such as 3/4/2020; nil takes only those that can be read in one way.
  public var dateOrder: DateOrder?
  /// Names or ids of groups that every row has besides its own; missing ones are made.
  public var groups: [String] = []
  /// Tags that every row has besides its own.
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
  /// What `undo-import` takes back; nil until the import has begun.
  public var batchID: String?
  /// All records of the file, bad ones included; headings and `skippedEntries` are none.
  public var rows = 0
  /// Rows that made a member.
  public var created = 0
  /// Rows that changed a member who was there, be it by an opt-out alone.
  public var updated = 0
  /// Rows that said nothing new.
  public var unchanged = 0
  /// Rows whose member has other values and kept them; their opt-outs were applied all the same.
  public var skipped = 0
  /// Rows in which something is wrong; each has one or more of `errors`.
  public var rejected = 0
  /// All that is wrong with the bad rows, in the order of the file.
  public var errors: [CareError.LineProblem] = []
  /// The first of the skipped rows, each with whom it is about and what differs.
  public private(set) var skippedRows: [CareError.LineProblem] = []
  /// What is done but may not be what was meant.
  public var warnings: [CareError.LineProblem] = []
  /// Names of the groups that were missing and were made, in the order of first use.
  public var groupsCreated: [String] = []
  /// Dynamic groups that rows name, in which nobody can be put.
  public var groupsIgnored: [String] = []
  /// Headings of columns, or keys of objects, that no field takes.
  public var ignoredColumns: [String] = []
  /// vCards that are no people.
  public var skippedEntries = 0
  /// The one that was asked for or found out; nil where the columns are our own.
  public var preset: ImportPreset?
  /// What the file turned out to be; never `auto` after the import.
  public var format = InputFormat.auto
  /// How the text turned out to be encoded; never `auto`.
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
