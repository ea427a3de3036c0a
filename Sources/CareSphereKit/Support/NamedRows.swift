import SQLiteStore
import TextFormats

/// The rows of a table that people call by a name, which each has for itself whatever the letter case.
struct NamedRows<Row> {
  private let database: Database
  private let table: String
  private let noun: String
  private let columns: String
  private let read: (Statement) throws -> Row
  private let label: (Row) -> (id: String, name: String)

  /// - Parameters:
  ///   - table: has the columns `id`, `name` and `name_key`, the folded name.
  ///   - noun: what one row is called; with an `s`, what several are.
  ///   - columns: those that `read` reads.
  init(
    _ database: Database, table: String, noun: String, columns: String,
    read: @escaping (Statement) throws -> Row, label: @escaping (Row) -> (id: String, name: String)
  ) {
    self.database = database
    self.table = table
    self.noun = noun
    self.columns = columns
    self.read = read
    self.label = label
  }

  /// All rows, by name.
  func all() throws -> [Row] { try rows("1 ORDER BY name_key, id") }

  /// The row of this name, whatever its letter case.
  func find(name: String) throws -> Row? {
    try rows("name_key = ?", [.text(CaseFolding.fold(MemberValues.trimmed(name)))]).first
  }

  /// The row with this id.
  func find(id: String) throws -> Row? { try rows("id = ?", [.text(id)]).first }

  /// The row with this id, which is known to be there.
  func stored(id: String) throws -> Row {
    guard let row = try find(id: id) else { throw CareError.gone(noun, id) }
    return row
  }

  /// Makes sure that no row has this name, whatever its letter case.
  /// - Throws: `CareError(.conflict)`.
  func checkFree(name: String) throws {
    guard let other = try find(name: name).map(label) else { return }
    throw CareError(
      .conflict, "there is a \(noun) “\(other.name)” already",
      details: .fields([.init("name", "belongs to the \(noun) \(other.id)")]))
  }

  /// All names, sorted.
  func names() throws -> [String] {
    try database.all("SELECT name FROM \(table) ORDER BY name_key") { $0.string(0) }
  }

  /// The rows for which a condition holds, in the order that follows it.
  func rows(_ condition: String, _ arguments: [SQLValue] = []) throws -> [Row] {
    try database.all("SELECT \(columns) FROM \(table) WHERE \(condition)", arguments) { try read($0) }
  }

  /// The row that a reference means: its id, its name whatever the letter case, or the unique beginning or end of its
  /// id, at least 4 characters.
  /// - Throws: `CareError`: `.notFound` with the nearest name; `.conflict` with the candidates where there are several
  func resolve(_ reference: String) throws -> Row {
    if let row = try find(id: CaseFolding.fold(reference)) ?? find(name: reference) { return row }
    let candidates =
      try IDPart(reference).map { try rows("\(IDPart.condition) ORDER BY id", [.text($0.text)]) } ?? []
    if let row = candidates.first, candidates.count == 1 { return row }
    guard candidates.isEmpty else {
      throw CareError(
        .conflict, "“\(reference)” could be any of \(candidates.count) \(noun)s",
        hint: "use the name, or more characters of the id",
        details: .fields(candidates.map(label).map { .init($0.id, $0.name) }))
    }
    throw CareError.missing(noun, reference, names: try names())
  }
}

extension CareError {
  /// There is nothing where there must be something.
  static func gone(_ noun: String, _ id: String) -> CareError {
    CareError(.internalError, "the \(noun) \(id) is gone")
  }

  /// There is nothing of the name that was given; the nearest of those that there are is offered.
  static func missing(_ noun: String, _ reference: String, names: [String]) -> CareError {
    let nearest = EditDistance.nearest(to: reference, in: names)
    return CareError(
      .notFound, "there is no \(noun) “\(reference)”",
      hint: nearest.map { "did you mean “\($0)”?" }
        ?? "the \(noun)s are listed by: caresphere \(noun) list")
  }
}
