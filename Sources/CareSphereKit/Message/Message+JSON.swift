import SQLiteStore
import TextFormats

extension Message {
  /// The message in the API design's names.
  /// - Parameter audience: as it is to be shown; see ``AudienceNames``.
  public func json(audience: JSONValue) -> JSONObject {
    JSONObject(MessageField.allCases.map { ($0.rawValue, $0 == .audience ? audience : json($0)) })
  }

  private func json(_ field: MessageField) -> JSONValue {
    switch field {
    case .id: .string(id)
    case .title: .string(values.title)
    case .subject: .optional(values.subject)
    case .content: .string(values.content)
    case .messageType: .string(values.type.rawValue)
    case .bodyFormat: .string(values.bodyFormat.rawValue)
    case .status: .string(status.rawValue)
    case .recipientCount: .integer(counts.recipients)
    case .openedCount: .integer(counts.opened)
    case .clickedCount: .integer(counts.clicked)
    case .failedCount: .integer(counts.failed)
    case .skippedCount: .integer(counts.skipped)
    case .pendingCount: .integer(counts.pending)
    case .heldCount: .integer(counts.held)
    case .sentCount: .integer(counts.sent)
    case .deliveredCount: .integer(counts.delivered)
    case .scheduledFor: .optional(values.scheduledFor)
    case .expiresAt: .optional(values.expiresAt)
    case .sentAt: .optional(sentAt)
    case .perMember: .bool(values.perMember)
    case .audience: .object(values.audience.json)
    case .settings: .object(values.settings)
    case .variables: .strings(values.variables)
    case .templateId: .optional(values.templateID)
    case .isAutomatic: .bool(values.isAutomatic)
    case .estimatedCost: estimatedCost.map { .millionths($0) } ?? .null
    case .currency: .optional(currency)
    case .createdBy: .optional(createdBy)
    case .createdAt: .string(createdAt)
    case .updatedAt: .string(updatedAt)
    }
  }
}

extension JSONValue {
  /// An amount kept in millionths, as a decimal number without needless zeros: 1500000 is 1.5.
  public static func millionths(_ amount: Int) -> JSONValue {
    let (whole, fraction) = amount.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    var digits = String(String(fraction + 1_000_000).dropFirst())
    while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
    return .number((amount < 0 ? "-" : "") + String(whole) + (digits.isEmpty ? "" : "." + digits))
  }
}

/// Whom an audience names, by the names that they have now.
public struct AudienceNames: Equatable, Sendable {
  /// A group or member; one that is gone has no name.
  public struct Named: Equatable, Sendable {
    /// Of the group or member, whether it is still there or not.
    public var id: String
    /// Nil where it is gone; empty of a member without names.
    public var name: String?
  }

  /// In the order in which the audience has them; dynamic ones by their name alone.
  public var groups: [Named] = []
  /// Who is named one by one, not who is in the groups.
  public var members: [Named] = []
  private let expression: String?
  private let isEverybody: Bool

  /// Looks the names up.
  public init(_ audience: Audience, _ database: Database) throws {
    expression = audience.expression
    isEverybody = audience.isEverybody
    for id in audience.groups {
      let name = try database.first("SELECT name FROM member_groups WHERE id = ?", [.text(id)]) { $0.text(0) }
      groups.append(Named(id: id, name: name ?? nil))
    }
    for id in audience.members {
      let name = try database.first(
        "SELECT \(RecipientField.memberName.sql) FROM members AS m WHERE m.id = ?", [.text(id)]
      ) { $0.text(0) }
      members.append(Named(id: id, name: name ?? nil))
    }
  }

  /// `{"groups":[{"id","name"}],"members":[{"id","name"}],"where","all"}`.
  public var json: JSONValue {
    func list(_ named: [Named]) -> JSONValue {
      .array(named.map { ["id": .string($0.id), "name": .optional($0.name)] })
    }
    return [
      "groups": list(groups), "members": list(members), "where": .optional(expression),
      "all": .bool(isEverybody),
    ]
  }

  /// The audience in words, for a cell: `group Choir; member Ana Souza; where city = Lagos`.
  public var words: String {
    func name(_ named: Named) -> String { named.name.flatMap { $0.isEmpty ? nil : $0 } ?? named.id }
    let parts =
      groups.map { "group \(name($0))" } + members.map { "member \(name($0))" }
      + (expression.map { ["where \($0)"] } ?? []) + (isEverybody ? ["all active members"] : [])
    return parts.joined(separator: "; ")
  }
}
