import SQLiteStore
import TextFormats

/// Finds groups by what people call them.
public struct GroupFinder {
  private let database: Database

  public init(_ database: Database) { self.database = database }

  /// All groups, by name.
  public func all() throws -> [Group] { try groups("1 ORDER BY name_key, id", []) }

  /// The group of this name, whatever its letter case.
  public func find(name: String) throws -> Group? {
    try groups("name_key = ?", [.text(CaseFolding.fold(MemberValues.trimmed(name)))]).first
  }

  /// The group with this id.
  public func find(id: String) throws -> Group? { try groups("id = ?", [.text(id)]).first }

  /// The group that a reference means: its id, its name whatever the letter case, or the unique beginning
  /// or end of its id, at least 4 characters.
  /// - Throws: `NOT_FOUND` with the nearest name; `CONFLICT` with the candidates where there are several.
  public func resolve(_ reference: String) throws -> Group {
    if let group = try find(id: CaseFolding.fold(reference)) ?? find(name: reference) { return group }
    let candidates = try groups(idPart: reference)
    if let group = candidates.first, candidates.count == 1 { return group }
    guard candidates.isEmpty else {
      throw CareError(
        .conflict, "“\(reference)” could be any of \(candidates.count) groups",
        hint: "use the name, or more characters of the id",
        details: .fields(candidates.map { .init($0.id, $0.name) }))
    }
    throw try missing(reference)
  }

  /// The groups whose id is, begins or ends with `part`; none where it is too short or no part of one.
  private func groups(idPart part: String) throws -> [Group] {
    // Nothing but hexadecimal digits and dashes, so that no character of it is a wildcard of LIKE.
    let part = CaseFolding.fold(part)
    let isPart = part.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) || $0 == 45 }
    guard isPart, part.utf8.count >= 4 else { return [] }
    return try groups("id LIKE ?1 || '%' OR id LIKE '%' || ?1 ORDER BY id", [.text(part)])
  }

  private func missing(_ reference: String) throws -> CareError {
    var names: [String] = []
    try database.query("SELECT name FROM member_groups ORDER BY name_key") { names.append($0.string(0)) }
    let nearest = EditDistance.nearest(to: reference, in: names)
    return CareError(
      .notFound, "there is no group “\(reference)”",
      hint: nearest.map { "did you mean “\($0)”?" } ?? "the groups are listed by: caresphere group list")
  }

  private func groups(_ condition: String, _ arguments: [SQLValue]) throws -> [Group] {
    var groups: [Group] = []
    try database.query("SELECT \(Group.columns) FROM member_groups WHERE \(condition)", arguments) {
      groups.append(Group(row: $0))
    }
    return groups
  }
}
