import SQLiteStore
import TextFormats

/// Finds rules by what people call them.
public struct RuleFinder {
  private let database: Database

  public init(_ database: Database) { self.database = database }

  /// All rules, by name.
  public func all() throws -> [Rule] { try rules("1 ORDER BY name_key, id", []) }

  /// The rules that are enabled, the oldest first.
  public func active() throws -> [Rule] { try rules("is_active = 1 ORDER BY created_at, id", []) }

  /// The rule of this name, whatever its letter case.
  public func find(name: String) throws -> Rule? {
    try rules("name_key = ?", [.text(CaseFolding.fold(MemberValues.trimmed(name)))]).first
  }

  /// The rule with this id.
  public func find(id: String) throws -> Rule? { try rules("id = ?", [.text(id)]).first }

  /// The rule that a reference means: its id, its name whatever the letter case, or the unique beginning or end of
  /// its id, at least 4 characters.
  /// - Throws: `NOT_FOUND` with the nearest name; `CONFLICT` with the candidates where there are several.
  public func resolve(_ reference: String) throws -> Rule {
    if let rule = try find(id: CaseFolding.fold(reference)) ?? find(name: reference) { return rule }
    let candidates = try rules(idPart: reference)
    if let rule = candidates.first, candidates.count == 1 { return rule }
    guard candidates.isEmpty else {
      throw CareError(
        .conflict, "“\(reference)” could be any of \(candidates.count) rules",
        hint: "use the name, or more characters of the id",
        details: .fields(candidates.map { .init($0.id, $0.name) }))
    }
    let nearest = EditDistance.nearest(to: reference, in: try names())
    throw CareError(
      .notFound, "there is no rule “\(reference)”",
      hint: nearest.map { "did you mean “\($0)”?" } ?? "the rules are listed by: caresphere rule list")
  }

  private func names() throws -> [String] {
    var names: [String] = []
    try database.query("SELECT name FROM automation_rules ORDER BY name_key") { names.append($0.string(0)) }
    return names
  }

  /// The rules whose id begins or ends with `part`; none where it is too short or no part of one.
  private func rules(idPart part: String) throws -> [Rule] {
    // Nothing but hexadecimal digits and dashes, so that no character of it is a wildcard of LIKE.
    let part = CaseFolding.fold(part)
    let isPart = part.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) || $0 == 45 }
    guard isPart, part.utf8.count >= 4 else { return [] }
    return try rules("id LIKE ?1 || '%' OR id LIKE '%' || ?1 ORDER BY id", [.text(part)])
  }

  private func rules(_ condition: String, _ arguments: [SQLValue]) throws -> [Rule] {
    var rules: [Rule] = []
    try database.query("SELECT \(Rule.columns) FROM automation_rules WHERE \(condition)", arguments) {
      rules.append(try Rule(row: $0))
    }
    return rules
  }
}
