/// What is written to people, and what became of it.
enum MessageNoun {
  static let noun = Noun(
    "message", "Write to people, and see what became of it",
    discussion: """
      A message is a draft until it is sent or its time has come. Sending fixes who gets it; from then on every \
      recipient has a state of their own, which is what delivery, retries and reports read. Nobody gets a message \
      twice, and nobody who opted out, is archived, or whose address is suppressed gets it at all: they are recorded \
      as skipped, with the reason.

      MESSAGE is the title of a message, its id, or the beginning or end of the id.
      """,
    verbs: [
      MessageAdd.command,
      MessageList.command,
      MessageShow.command,
      MessageRecipients.command,
      MessageUpdate.command,
      MessagePreview.command,
      MessageDelete.command,
      MessageTest.command,
      MessageSend.command,
      MessageSchedule.command,
      MessageCancel.command,
      MessageDeliver.command,
      MessageRetry.command,
      MessageAnalytics.command,
      MessageInbox.command,
      MessageTrack.command,
      MessageBounce.command,
      MessageSuppressions.command,
      MessageUnsuppress.command,
    ])
}
