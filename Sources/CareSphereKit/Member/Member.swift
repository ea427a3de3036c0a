import SQLiteStore
import TextFormats

/// A person as the database holds them, field by field as text: what is compared, audited and put
/// back is always that text.
public struct Member: Equatable, Sendable {
  /// The key of the row, which the search index shares.
  public var rowID: Int
  /// How often the row has been changed, the making included.
  public var revision: Int
  /// The id of the import that added the member; nil of who was added otherwise, though one changed them.
  public var importBatchID: String?
  /// By the position of the field in `MemberField.stored`.
  var values: [String?]

  /// The stored text of a field: dates as `YYYY-MM-DD`, tags and custom fields as JSON.
  public subscript(field: MemberField) -> String? {
    get { field.position.flatMap { values[$0] } }
    set { if let position = field.position { values[position] = newValue } }
  }

  /// A UUID in small letters, of version 7 unless an import brought it.
  public var id: String { self[.id] ?? "" }
  /// Empty where it is not known: a row of an import may lack it.
  public var firstName: String { self[.firstName] ?? "" }
  /// Empty as the first name can be; a row may bring no more than an e-mail address.
  public var lastName: String { self[.lastName] ?? "" }
  /// First and last name, or what there is of them.
  public var fullName: String { Self.fullName(first: firstName, last: lastName) }
  /// Sorted without letter case; none is there twice, however it is cased.
  public var tags: [String] { Self.strings(self[.tags]) }

  /// The columns that `init(row:)` reads, for a SELECT over `members AS m`.
  public static let columns =
    "m.row_id, m.revision, m.import_batch_id, "
    + MemberField.stored.map { "m." + $0.column }.joined(separator: ", ")

  /// Reads the current row of a SELECT of `columns`.
  public init(row: Statement) {
    rowID = row.integer(0)
    revision = row.integer(1)
    importBatchID = row.text(2)
    values = (0..<MemberField.stored.count).map { row.text($0 + 3) }
  }

  static func fullName(first: String, last: String) -> String {
    first.isEmpty ? last : last.isEmpty ? first : "\(first) \(last)"
  }

  /// The name as it is compared and sorted: last, then first, by Unicode case folding.
  public static func nameKey(first: String?, last: String?) -> String {
    CaseFolding.fold(last ?? "") + "\u{1}" + CaseFolding.fold(first ?? "")
  }

  /// The strings of a JSON array; none where it is not one.
  static func strings(_ json: String?) -> [String] {
    guard let json, json != "[]" else { return [] }
    return (try? JSONParser.parse(json))?.texts ?? []
  }
}

extension MemberField {
  /// The fields that are columns of `members`, in the order of an export.
  public static let stored: [MemberField] = allCases.filter { $0 != .groups && $0 != .optOuts }

  /// The fields that hold one text as it was given, and can be empty.
  public static let texts: [MemberField] = stored.filter {
    ![.id, .memberStatus, .tags, .customFields, .createdAt, .updatedAt].contains($0)
  }

  /// Where the field is in `stored`; nil for what is kept in tables of its own.
  var position: Int? { Self.positions[self] }

  private static let positions = Dictionary(uniqueKeysWithValues: zip(stored, 0...))

  /// The column of `members`: the field's name in snake_case.
  public var column: String {
    switch self {
    case .externalId: "external_id"
    case .firstName: "first_name"
    case .lastName: "last_name"
    case .dateOfBirth: "date_of_birth"
    case .zipCode: "zip_code"
    case .memberStatus: "member_status"
    case .membershipType: "membership_type"
    case .joinDate: "join_date"
    case .photoUrl: "photo_url"
    case .customFields: "custom_fields"
    case .createdAt: "created_at"
    case .updatedAt: "updated_at"
    default: rawValue
    }
  }
}
