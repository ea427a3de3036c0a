import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere user verify`.
enum UserVerify {
  static let command = Command(
    CommandSpec(
      name: "verify",
      abstract: "Show that an e-mail address is its user's",
      discussion: """
        Without --code a code of six digits is mailed to the address, the way that the configuration says. With it the \
        code is checked, and the user counts as verified. A code lasts for an hour; after five wrong ones none is \
        taken until it is over. Everybody may do this for themselves, an admin for anybody.
        """,
      arguments: [ArgumentSpec("EMAIL", "Whose address: the address itself, or the user's id")],
      options: [OptionSpec("code", "CODE", "The code from the mail")],
      examples: [
        .init("caresphere user verify eve@example.org", "Mails a code."),
        .init("caresphere user verify eve@example.org --code 402917", "Checks it."),
      ]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    let user = try context.userAdministration().visible(context.parsed.argument("EMAIL") ?? "")
    let database = try context.database()
    let verification = EmailVerification(
      database, now: context.now,
      audit: AuditLog(database, ids: context.ids, provenance: try context.provenance()))
    if let code = context.parsed.value("code") {
      try context.output.check(columns: UserOutput.columns)
      let verified = try verification.check(user, code: code, commits: !context.isDryRun)
      context.console.step("\(user.email) is verified")
      try context.emitResult { try UserOutput.emit(verified, context) }
    } else {
      try mailCode(to: user, verification, context)
    }
  }

  private static func mailCode(to user: User, _ verification: EmailVerification, _ context: Context) throws {
    try context.output.checkReport(keys: ["message", "email", "transport", "expiresAt"])
    let configuration = try context.configuration()
    let plan = try Transports.plan(
      for: .email, configuration: configuration, databasePath: try context.database().path,
      environment: context.environment)
    if !context.isDryRun {
      let code = try verification.begin(user)
      do {
        let mail = EmailVerification.mail(code: code, to: user, organization: configuration.organization.name)
        let outgoing = try PlainMail(configuration: configuration, clock: try context.clock())
          .pack(
            id: context.ids.next(), to: Mailbox(name: user.fullName, address: user.email),
            subject: mail.subject,
            text: mail.text)
        _ = try plan.connect().deliver(outgoing).checked(plan.name)
      } catch {
        try verification.withdraw(user)
        throw error
      }
    }
    let report = JSONObject([
      ("message", "Verification code sent"), ("email", .string(user.email)),
      ("transport", .string(plan.name)),
      ("expiresAt", .string(verification.expiry.description)),
    ])
    try context.emitResult { try context.output.emit(report: Report(report)) }
  }
}
