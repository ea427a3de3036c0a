import CareSphereKit
import CommandLineKit
import SQLiteStore
import TextFormats

/// How messages are shown.
enum MessageOutput {
  /// The fields of a message, in the API design's names.
  static let columns = MessageField.allCases.map(column)

  /// What lists of messages have: not what can be long.
  static let listColumns = MessageField.listed.map(column)

  private static func column(_ field: MessageField) -> Column {
    Column(field.rawValue, kind(field), shownInTable: shown.contains(field))
  }

  private static let shown: Set<MessageField> = [
    .id, .title, .messageType, .status, .recipientCount, .openedCount, .clickedCount, .failedCount,
    .scheduledFor, .sentAt,
  ]

  private static func kind(_ field: MessageField) -> Column.Kind {
    switch field {
    case .id: .id
    case .recipientCount, .openedCount, .clickedCount, .failedCount, .skippedCount, .pendingCount, .heldCount,
      .sentCount, .deliveredCount:
      .integer
    case .perMember, .isAutomatic: .boolean
    case .estimatedCost: .number
    case .audience, .settings: .json
    case .variables: .list
    default: .text
    }
  }

  /// Writes a message of a list, whose columns are those of the query.
  static func write(_ row: Statement, into writer: any RecordWriter) throws {
    try writer.beginRecord()
    for (index, column) in writer.columns.enumerated() {
      switch column.kind {
      case .integer: try writer.integer(row.optionalInteger(index))
      case .boolean: try writer.boolean(row.bool(index))
      case .number: try writer.value(row.optionalInteger(index).map(JSONValue.millionths))
      case .text, .id, .list, .json:
        if let bytes = row.utf8(index) { try writer.text(bytes) } else { try writer.null() }
      }
    }
    try writer.endRecord()
  }

  // MARK: One message

  /// Checks the format and `--fields` before anything is changed.
  static func check(_ context: Context) throws {
    let isJSON = showsObjects(context)
    try context.output.check(columns: columns + (isJSON ? [Column(recipients, .json)] : []))
  }

  /// What is shown of a message. Take it within the transaction that changed it, and show it after.
  static func record(of message: Message, _ context: Context) throws -> JSONObject {
    let names = try AudienceNames(message.values.audience, try context.database())
    return message.json(audience: showsObjects(context) ? names.json : .string(names.words))
  }

  /// Shows a message with its recipients.
  /// - Parameter rows: writes the recipients; none by default, as a message has before it is sent.
  static func emit(
    _ record: JSONObject, _ context: Context, rows: @escaping (any RecordWriter) throws -> Void = { _ in }
  ) throws {
    let list = NestedList(recipients, columns: RecipientOutput.columns, rows: rows)
    try context.output.emit(record: record, columns: columns, list: list)
  }

  /// A message as reports name it.
  static func reference(_ message: Message) -> JSONValue {
    ["id": .string(message.id), "title": .string(message.title)]
  }

  private static let recipients = "recipients"

  private static func showsObjects(_ context: Context) -> Bool {
    context.output.format == .json || context.output.format == .jsonl
  }
}

/// How recipients are shown.
enum RecipientOutput {
  static let columns = RecipientField.allCases.map { field in
    Column(field.rawValue, kind(field), shownInTable: shown.contains(field))
  }

  private static let shown: Set<RecipientField> = [
    .id, .memberName, .recipientEmail, .recipientPhone, .status, .sentAt, .openedAt, .errorMessage,
  ]

  private static func kind(_ field: RecipientField) -> Column.Kind {
    switch field {
    case .id: .id
    case .attempts: .integer
    default: .text
    }
  }

  /// Writes the recipients that a reader finds, each as the database has it.
  static func write(_ reader: RecipientReader, into writer: any RecordWriter) throws {
    let fields = writer.columns.compactMap { RecipientField(rawValue: $0.name) }
    try reader.each(fields) { row in
      try writer.beginRecord()
      for (index, field) in fields.enumerated() {
        if field == .attempts {
          try writer.integer(row.integer(index))
        } else if let bytes = row.utf8(index) {
          try writer.text(bytes)
        } else {
          try writer.null()
        }
      }
      try writer.endRecord()
    }
  }
}

extension ArgumentSpec {
  /// MESSAGE.
  static let message = ArgumentSpec("MESSAGE", "A title, or an id or part of one", value: .name("message"))
}

extension Context {
  /// The message that the command line names.
  func message() throws -> Message {
    try MessageFinder(try database()).resolve(parsed.argument(ArgumentSpec.message.name) ?? "")
  }
}
