import SQLiteStore
import TextFormats

/// Finds the member whom a person means: by a full id, its unique beginning or end, an e-mail address, or
/// `ext:` and the external id.
public struct MemberFinder {
  private let database: Database

  /// Finds the members of a database.
  public init(_ database: Database) { self.database = database }

  /// The one member that `reference` means.
  /// - Throws: `CareError`: `.notFound`; `.conflict` with the candidates where it could be several
  public func find(_ reference: String) throws -> Member {
    let candidates = try self.candidates(for: reference)
    guard let member = candidates.first else {
      throw CareError(
        .notFound, "there is no member “\(reference)”",
        hint:
          "a member is an id or 4 or more characters of its beginning or end, an e-mail address, or ext:ID; "
          + "find one with: caresphere member search NAME")
    }
    guard candidates.count == 1 else {
      let listed = candidates.prefix(10)
      throw CareError(
        .conflict,
        "“\(reference)” could be \(candidates.count > 10 ? "more than 10" : "\(candidates.count)") members",
        hint: "use the id of the one you mean",
        details: .fields(listed.map { .init($0.id, Self.description($0)) }))
    }
    return member
  }

  /// The members that references mean, each once.
  /// - Throws: as `find`, for the first reference that means nobody or several
  public func find(all references: [String]) throws -> [Member] {
    var seen: Set<Int> = []
    return try references.map(find).filter { seen.insert($0.rowID).inserted }
  }

  /// The keys of the rows for which a condition over `members AS m` holds, in the order they were added.
  public func rowIDs(where condition: SQLFragment) throws -> [Int] {
    try database.all(
      "SELECT m.row_id FROM members AS m WHERE \(condition.sql) ORDER BY m.row_id", condition.arguments
    ) { $0.integer(0) }
  }

  /// The member of a row.
  public func find(rowID: Int) throws -> Member? { try members("m.row_id = ?", [.int(rowID)]).first }

  private func candidates(for reference: String) throws -> [Member] {
    if reference.hasPrefix("ext:") {
      return try members("m.external_id = ?", [.text(String(reference.dropFirst(4)))])
    }
    if reference.contains("@") {
      return try members("m.email = ? COLLATE NOCASE", [.text(Normalization.nfc(reference))])
    }
    guard let id = IDPart(reference)?.text, id.utf8.count <= 36 else { return [] }
    if id.utf8.count == 36 { return try members("m.id = ?", [.text(id)]) }
    // "g" follows every character that an id has, so the range holds all ids that begin so.
    let beginning = try members("m.id >= ? AND m.id < ?", [.text(id), .text(id + "g")])
    let end = try members("m.id IN (SELECT id FROM members WHERE substr(id, -length(?1)) = ?1)", [.text(id)])
    return beginning + end.filter { member in !beginning.contains { $0.rowID == member.rowID } }
  }

  private func members(_ condition: String, _ arguments: [SQLValue]) throws -> [Member] {
    try database.all(
      "SELECT \(Member.columns) FROM members AS m WHERE \(condition) ORDER BY m.row_id LIMIT 11", arguments
    ) { Member(row: $0) }
  }

  private static func description(_ member: Member) -> String {
    [member.fullName, member[.email], member[.dateOfBirth], member[.city]]
      .compactMap { $0.flatMap { $0.isEmpty ? nil : $0 } }.joined(separator: ", ")
  }
}
