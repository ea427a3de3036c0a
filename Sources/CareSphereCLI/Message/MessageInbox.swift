import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere message inbox`.
enum MessageInbox {
  private static let columns = [
    Column("id", .id), Column("title"), Column("subject"), Column("content"),
    Column("status", shownInTable: false),
    Column("isNew", .boolean), Column("sentAt"), Column("openedAt", shownInTable: false),
    Column("recipientId", shownInTable: false),
  ]

  private enum SortField: String, CaseIterable {
    case sentAt
  }

  static let command = Command(
    CommandSpec(
      name: "inbox",
      abstract: "Read somebody's in-app messages",
      discussion: """
        Lists the in-app messages of a person, the newest first, filled in for them. What is shown counts as opened \
        from then on, once; isNew tells what had not been. With the role member, and with --dry-run, nothing is \
        marked.
        """,
      arguments: [.members(.one)],
      options: PageOptions.specs(
        sort: SortField.allCases.map(\.rawValue), byDefault: "sentAt, the newest first"),
      examples: [
        .init("caresphere message inbox ada@example.org", "All of them."),
        .init("caresphere message inbox ext:1042 --limit 5 --dry-run", "The last five, left unopened."),
      ]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    try context.output.check(columns: columns)
    let page = PageOptions(context.parsed)
    let database = try context.database()
    let member = try context.member()
    let inbox = Inbox(database, memberID: member.id)
    func letters() throws -> [Inbox.Letter] {
      try inbox.letters(isAscending: page.order == .asc, limit: page.limit, offset: page.offset)
    }
    var shown = try letters()
    // Counting them shows nobody anything.
    let marks = try context.actor().role > .member && context.output.format != .count
    if marks, shown.contains(where: { $0.openedAt == nil }) {
      shown = try context.write { _ in try open(try letters(), context) }
    }
    let openedAt = marks ? context.now.description : nil
    try database.read {
      try context.output.emit(
        list: "messages", columns: columns, pagination: page.pagination { try inbox.count() },
        count: { shown.count },
        rows: { writer in
          for letter in shown { try writer.write(try record(letter, of: member, openedAt, context)) }
        })
    }
  }

  /// - Returns: the messages as they were before
  private static func open(_ letters: [Inbox.Letter], _ context: Context) throws -> [Inbox.Letter] {
    let tracker = try EventTracker(
      try context.database(), ids: context.ids, provenance: try context.provenance(),
      softBounceLimit: try context.configuration().delivery.softBounceLimit, source: context.command)
    try Inbox.open(letters, at: context.now, with: tracker)
    return letters
  }

  /// - Parameter openedAt: when those are opened that had not been; nil where they stay so.
  private static func record(
    _ letter: Inbox.Letter, of member: Member, _ openedAt: String?, _ context: Context
  ) throws -> JSONObject {
    let message = try MessageFinder(try context.database()).stored(id: letter.messageID)
    let text = try text(of: message, letter, member, context)
    let isNew = letter.openedAt == nil
    let status = isNew && openedAt != nil ? RecipientStatus.opened : letter.status
    return JSONObject([
      ("id", .string(message.id)), ("title", .string(message.title)), ("subject", .optional(text?.subject)),
      ("content", .optional(text?.text)), ("status", .string(status.rawValue)), ("isNew", .bool(isNew)),
      ("sentAt", .optional(letter.sentAt)), ("openedAt", .optional(letter.openedAt ?? openedAt)),
      ("recipientId", .string(letter.recipientID)),
    ])
  }

  /// Nil where it can't be filled in for this person, which is told; the others are shown all the same.
  private static func text(
    of message: Message, _ letter: Inbox.Letter, _ member: Member, _ context: Context
  ) throws -> ComposedMessage? {
    do {
      return try MessageComposer(
        message, database: try context.database(), configuration: try context.configuration(),
        clock: try context.clock()
      ).compose(recipientID: letter.recipientID, memberID: member.id, email: nil, phone: nil)
    } catch let error as CareError where error.code == .validation {
      context.console.warning("“\(message.title)” cannot be filled in: \(error.message)")
      return nil
    }
  }
}
