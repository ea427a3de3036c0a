/// Every key of the configuration, for the manual: its type, its default and what it is for.
enum ConfigurationKeys {
  typealias Term = (term: String, text: String)

  static let sections: [ManualSection] = [
    .init(title: "ORGANIZATION", terms: organization), .init(title: "EMAIL", terms: email),
    .init(title: "SMS AND WHATSAPP", text: gatewayText, terms: gateway("sms") + gateway("whatsapp")),
    .init(title: "PUSH", terms: push), .init(title: "DELIVERY, RULES AND BACKUP", terms: others),
  ]

  private static let organization: [Term] = [
    ("organization.name", "Text. Who uses caresphere; organization.name of templates."),
    (
      "organization.timezone",
      "A zone of the IANA database, such as Africa/Lagos. What today, birthdays and times without a zone are in; TZ or the system's by default."
    ),
    (
      "organization.domain",
      "A domain. Of Message-IDs, which are the same however often a mail is tried; that of email.from by default."
    ),
    (
      "organization.defaultCountry",
      "Two letters of ISO 3166-1. Of phone numbers that are written without a country; without it those cannot be sent to."
    ),
  ]

  private static let email: [Term] = [
    (
      "email.from",
      "An address, with or without a name: Grace Church <office@grace.example>. The sender; smtp and sendmail need it, and the Maildir has caresphere@localhost without it."
    ),
    ("email.replyTo", "An address. Where answers go; to the sender by default."),
    ("email.transport", "smtp, sendmail or maildir, which is the default. See WAYS OUT."),
    ("email.rate", "A rate. How many mails may leave; no limit by default."),
    (
      "email.unsubscribe",
      "An https URL with {{token}} in it, which stands for the recipient's id, or a mailto:. For List-Unsubscribe and unsubscribeUrl; by default a mailto: of the sender."
    ),
    (
      "email.smtp.url",
      "smtp://USER@HOST:PORT or smtps://USER@HOST:PORT. The port is 25 or 465 by default; without a user nobody logs in. An @ in the user is written %40. A password is refused here."
    ),
    (
      "email.smtp.tls",
      "required, optional or none. required by default; optional where the server is on this machine."
    ),
    ("email.smtp.connections", "A number from 1 to 100. How many are used side by side; 1 by default."),
    ("email.smtp.passwordFile", "A path. The file with the user's password."),
    ("email.smtp.passwordCommand", "An array. The program that prints it, such as [\"pass\", \"smtp\"]."),
    (
      "email.sendmail.command",
      "An array. The program and its first arguments; [\"/usr/sbin/sendmail\", \"-oi\"] by default."
    ),
    ("email.maildir.path", "A path. The Maildir; outbox beside the database by default."),
  ]

  private static let gatewayText = """
    Without a transport such messages cannot be sent.
    """

  private static func gateway(_ section: String) -> [Term] {
    [
      ("\(section).transport", "http or command. See WAYS OUT."),
      (
        "\(section).from",
        "Text. The number or name that messages come from, as the service knows it; http needs it."
      ),
      ("\(section).rate", "A rate. How many may leave; no limit by default."),
      (
        "\(section).costPerSegment",
        "A number with at most six decimals. What one segment costs, for estimates; unknown by default."
      ),
      ("\(section).currency", "Three letters of ISO 4217. Of costPerSegment."),
      (
        "\(section).http.url",
        "An http or https URL. The service, or the whole address that messages are posted to."
      ),
      ("\(section).http.accountSid", "Text. Who logs in; part of the address."),
      ("\(section).http.authTokenFile", "A path. The file with the token."),
      ("\(section).command", "An array. The program and its arguments, {to} and {from} among them."),
    ]
  }

  private static let push: [Term] = [
    ("push.transport", "http. Without it push notes cannot be sent."),
    ("push.http.url", "An http or https URL. Where notes are posted to."),
    ("push.http.headers", "An object of texts. Headers of the request, such as Authorization."),
    (
      "push.http.body",
      "A Mustache template that gives JSON; values are escaped as strings of JSON have it. It knows the fields of a person, as other templates do, and recipientId, title, subject and content of the message; by default it is an object of those, with memberId."
    ),
  ]

  private static let others: [Term] = [
    (
      "delivery.retryFirst",
      "A time. After how long a message that was put off is tried again; 5m by default."
    ),
    ("delivery.retryMax", "A time. Each wait is twice the one before, up to this; 4h by default."),
    (
      "delivery.giveUpAfter",
      "A time. After how long a message that is put off again has failed; 5d by default."
    ),
    (
      "delivery.softBounceLimit",
      "A number from 1 to 1000. After how many soft bounces an address is suppressed; 3 by default."
    ),
    (
      "rules.catchUp",
      "A time. How long ago something may have been missed that a rule still does; 3d by default."
    ),
    ("backup.keep", "A number from 1 to 100000. How many backups backup --dir leaves; 7 by default."),
  ]
}
