import TextFormats

/// Something in a database that is not as it must be. It names rows by their ids and tells of no person's data, because
/// whoever can run the program is told of it.
public struct CheckProblem: Equatable, Sendable {
  /// What kind of thing is wrong.
  public enum Kind: String, CaseIterable, Sendable {
    /// The file is damaged: only a backup helps.
    case integrity
    /// An index lacks rows or has too many.
    case index
    /// A table, index or trigger is missing or is another than the program makes.
    case schema
    /// A row belongs to one that is not there.
    case foreignKey
    /// The search index does not say what the members' rows do.
    case search
    /// A name as it is compared and sorted.
    case nameKey
    case memberCount, messageCount, messageStatus, usageCount, runCount, importCount
    /// An event that says it is of another member or message than its recipient.
    case event
    /// A change of a status that says its member's record was made at another time than the record says.
    case statusChange
    /// What rules have done for whom.
    case ledger
    /// A suppressed address that its digest is not of.
    case suppression
    case json, id, time

    /// Whether a right statement can fail by it, or find nothing where something must be: not by a
    /// number that is off.
    public var isDamage: Bool {
      switch self {
      case .integrity, .index, .schema, .foreignKey, .search, .event, .json, .id, .time: true
      case .nameKey, .memberCount, .messageCount, .messageStatus, .usageCount, .runCount, .importCount,
        .statusChange, .ledger, .suppression:
        false
      }
    }

    /// Whether it follows from the rest of the file, so that it can be made anew.
    public var isDerived: Bool {
      switch self {
      case .integrity, .foreignKey, .importCount, .json, .id, .time: false
      default: true
      }
    }
  }

  /// Says whether `check --repair` can mend it.
  public var kind: Kind
  /// Which table, row or object.
  public var what: String
  /// What should be there, as a value or in words; `null` where that is nothing.
  public var expected: JSONValue
  /// What the file has, made visible; `null` where there is nothing.
  public var found: JSONValue

  /// - Parameters:
  ///   - what: what it is of; shown visibly and not endlessly.
  ///   - expected: what should be there.
  ///   - found: what is there; shown as `what` is.
  public init(_ kind: Kind, _ what: String, expected: JSONValue, found: JSONValue) {
    self.kind = kind
    self.what = Self.shown(what)
    self.expected = expected
    if case .string(let text) = found { self.found = .string(Self.shown(text)) } else { self.found = found }
  }

  /// What a damaged file holds can be anything, of any length.
  private static func shown(_ text: String) -> String {
    let part = text.unicodeScalars.prefix(longestText)
    return VisibleText.of(String(String.UnicodeScalarView(part))) + (part.endIndex < text.endIndex ? "…" : "")
  }

  private static let longestText = 1000

  /// The problem as it is printed.
  public var json: JSONObject {
    JSONObject([
      ("kind", .string(kind.rawValue)), ("what", .string(what)), ("expected", expected), ("found", found),
    ])
  }
}

/// What a check has found: the first hundred problems of each kind, and how many there are.
public struct CheckFindings: Equatable, Sendable {
  private static let shownOfKind = 100

  private var shown: [CheckProblem.Kind: [CheckProblem]] = [:]
  /// How many problems of each kind there are.
  public private(set) var counts: [CheckProblem.Kind: Int] = [:]

  /// Nothing found yet.
  public init() {}

  /// Whether nothing was found to be wrong.
  public var isEmpty: Bool { counts.isEmpty }
  /// How many problems there are, those that are not kept to be shown included.
  public var total: Int { counts.values.reduce(0, +) }

  /// Whether the file itself is damaged, so that nothing may be written to it: pages that belong to nothing, or rows
  /// that cannot be right whose indexes say something else, which may be what was there before.
  public var isDamaged: Bool {
    let rowsAreWrong = counts.keys.contains { [.foreignKey, .json, .id, .time].contains($0) }
    return counts[.integrity] != nil || (counts[.index] != nil && rowsAreWrong)
  }

  /// How many problems can be mended.
  public var mendable: Int { counts.filter { $0.key.isDerived }.reduce(0) { $0 + $1.value } }

  /// Counts one more, and keeps it as long as there are few of its kind.
  public mutating func add(_ problem: CheckProblem) {
    counts[problem.kind, default: 0] += 1
    if counts[problem.kind, default: 0] <= Self.shownOfKind {
      shown[problem.kind, default: []].append(problem)
    }
  }

  /// The problems, by kind; where there are too many of one, the last says how many more.
  public var problems: [CheckProblem] {
    CheckProblem.Kind.allCases.flatMap { kind -> [CheckProblem] in
      let some = shown[kind] ?? []
      let rest = (counts[kind] ?? 0) - some.count
      guard rest > 0 else { return some }
      return some + [CheckProblem(kind, "and \(rest) more of this kind", expected: nil, found: nil)]
    }
  }
}
