/// What of a message lists and records show, in the API design's names.
public enum MessageField: String, CaseIterable, Sendable {
  case id, title, subject, content, messageType, bodyFormat, status, recipientCount, openedCount, clickedCount
  case failedCount, skippedCount, pendingCount, heldCount, sentCount, deliveredCount, scheduledFor, expiresAt
  case sentAt, perMember, audience, settings, variables, templateId, isAutomatic, estimatedCost, currency
  case createdBy, createdAt, updatedAt

  /// What a list can be sorted by.
  public static let sortable: [MessageField] = [
    .title, .messageType, .status, .recipientCount, .openedCount, .clickedCount, .failedCount, .scheduledFor,
    .sentAt, .createdAt, .updatedAt,
  ]

  /// What a list shows: all but what can be long.
  public static let listed = allCases.filter {
    ![.content, .audience, .settings, .variables].contains($0)
  }

  /// The column of `messages`: the field's name in snake_case.
  var column: String {
    rawValue.reduce(into: "") { name, letter in
      name += letter.isUppercase ? "_" + letter.lowercased() : String(letter)
    }
  }
}
