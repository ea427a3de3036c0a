/// Whom a command means: the flags that every list of members shares. All that is given must hold.
public struct MemberFilter: Equatable, Sendable {
  /// `--status`: one of them.
  public var statuses: [MemberStatus] = []
  /// `--group`: in each of them, by name or other reference.
  public var groups: [String] = []
  /// `--tag`: each of them.
  public var tags: [String] = []
  /// `--city`.
  public var city: String?
  /// `--age-min`, in whole years, inclusive.
  public var ageMin: Int?
  /// `--age-max`, in whole years, inclusive.
  public var ageMax: Int?
  /// `--search`: words of names, e-mail addresses and phone numbers.
  public var search: String?
  /// `--where`.
  public var expression: Filter?

  /// Everybody is meant.
  public init() {}

  /// Whether everybody is meant.
  public var isEmpty: Bool { self == MemberFilter() }

  /// The condition, over `members AS m`.
  /// - Parameter compiler: how expressions become SQL.
  /// - Throws: `CareError(.validation)` for an impossible age or an empty search, and what the compiler throws.
  public func fragment(_ compiler: FilterCompiler) throws -> SQLFragment {
    var fragments: [SQLFragment] = []
    let flags = try conditions()
    if !flags.isEmpty { fragments.append(try compiler.compile(Filter(.all(flags)))) }
    if let expression { fragments.append(try compiler.compile(expression)) }
    if let search { fragments.append(try SearchQuery(search).fragment()) }
    return .all(fragments)
  }

  private func conditions() throws -> [FilterExpression] {
    var result: [FilterExpression] = []
    if !statuses.isEmpty { result.append(.oneOf(.member(.memberStatus), statuses.map(\.rawValue))) }
    result += tags.map { .compare(.member(.tags), .equal, $0) }
    result += groups.map { .compare(.member(.groups), .equal, $0) }
    if let city { result.append(.compare(.member(.city), .equal, city)) }
    if let ageMin { result.append(.compare(.age, .greaterOrEqual, try years(ageMin, "--age-min"))) }
    if let ageMax { result.append(.compare(.age, .lessOrEqual, try years(ageMax, "--age-max"))) }
    return result
  }

  private func years(_ years: Int, _ flag: String) throws -> String {
    guard 0...FilterValueCheck.maximumAge ~= years else {
      throw CareError(.validation, "\(flag) is a whole number from 0 to \(FilterValueCheck.maximumAge)")
    }
    return String(years)
  }
}
