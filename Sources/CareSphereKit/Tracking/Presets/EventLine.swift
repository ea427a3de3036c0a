import TextFormats

/// Our own event lines: `{"recipientId","event","at","url","eventId"}`, or `messageId` and `email` in place of
/// `recipientId`.
enum EventLine {
  static func read(_ fields: EventFields) throws(EventProblem) -> RecipientEvent {
    let name = try fields.required("event")
    guard let kind = EventKind(rawValue: name) else {
      let kinds = EventKind.allCases.map(\.rawValue)
      let near = EditDistance.nearest(to: name, in: kinds).map { "; is \($0) meant?" }
      throw EventProblem("event", "“\(name)” is none of \(kinds.joined(separator: ", "))\(near ?? "")")
    }
    var event = RecipientEvent(kind, at: try fields.time("at"), clues: try clues(fields))
    event.url = fields.text("url")
    event.eventID = fields.text("eventId")
    event.detail = fields.text("reason")
    return event
  }

  private static func clues(_ fields: EventFields) throws(EventProblem) -> RecipientClues {
    var clues = RecipientClues(recipientID: fields.text("recipientId")?.lowercased())
    clues.messageID = fields.text("messageId")?.lowercased()
    clues.address = fields.text("email")
    if clues.recipientID != nil { return clues }
    guard clues.messageID != nil else {
      throw EventProblem("recipientId", "is missing, and messageId with email too")
    }
    guard clues.address != nil else { throw EventProblem("email", "is missing; messageId needs it") }
    return clues
  }
}
