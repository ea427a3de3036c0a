import CareSphereKit
import CommandLineKit

/// `caresphere message add`.
enum MessageAdd {
  static let command = Command(
    CommandSpec(
      name: "add",
      abstract: "Write a message, to be sent now or later",
      discussion: """
        Adds a draft and prints it; with --schedule-at it is scheduled, and goes out with the first `caresphere \
        message deliver` from then on. The text comes from --content, --content-file or --template, of which a copy \
        is taken: what is changed in the template later changes nothing here. --subject and --body-format beside \
        --template take the place of the template's.

        It goes to everybody in any of the groups, to the named members, to those for whom the expression holds, or \
        with --to-all to all active members; who that is, dynamic groups included, is settled when it is sent. \
        Everybody gets it once, and so does an address that several share, unless there is --per-member. A push note \
        and an in-app message go to the person and need no address.

        The body of --from-json may have title, content, subject, messageType, bodyFormat, status (draft or \
        scheduled), recipientGroupIds, recipientMemberIds, recipientWhere, recipientAll, templateId, scheduledFor, \
        expiresAt, perMember and settings.
        """,
      options: MessageInputFlags.specs,
      examples: [
        .init(
          "caresphere message add --title 'Picnic' --subject 'Picnic on Sunday' "
            + "--content 'Dear {{firstName}}, come at noon.' --to-group Youth",
          "A mail to a group."),
        .init(
          "caresphere message add --title 'Weekly News' --template news --set theme=Harvest --to-all "
            + "--schedule-at '2027-03-05 18:00'",
          "From a template, at a time of the organization's zone."),
        .init(
          "caresphere message add --title Reminder --type sms --content 'Choir at 7' "
            + "--to-where 'tag = choir' --expires +6h",
          "Texts, which nobody gets late."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try MessageOutput.check(context)
    let input = try MessageInputFlags.input(context)
    let provenance = try context.provenance()
    let clock = try context.clock()
    let record = try context.write { database in
      let (values, status) = try input.values(database, clock: clock)
      let message = try MessageStore(database, ids: context.ids, provenance: provenance)
        .add(values, status: status)
      return try MessageOutput.record(of: message, context)
    }
    try context.emitResult { try MessageOutput.emit(record, context) }
  }
}
