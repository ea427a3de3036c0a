/// The manual of the configuration file: every key, and an example for each way out. Paragraphs are separated by empty
/// lines; a line that begins with two spaces stays as it is.
public enum ConfigurationManual {
  /// All sections, in their order.
  public static let sections: [ManualSection] =
    [description] + ConfigurationKeys.sections + [
      waysOut, answers, examplesSection, secrets, environment, files,
    ]

  /// Whole configurations to show; each is a right one.
  public static let examples: [(about: String, text: String)] = [
    (
      "Mail by a server that one logs in to:",
      """
      {
        organization: { name: "Grace Church", timezone: "Africa/Lagos",
                        domain: "grace.example", defaultCountry: "NG" },
        email: {
          from: "Grace Church <office@grace.example>",
          transport: "smtp",
          rate: "20/s",
          smtp: { url: "smtp://office%40grace.example@mail.grace.example:587",
                  tls: "required", connections: 2,
                  passwordFile: "smtp-password" },
        },
      }
      """
    ),
    (
      "Mail by the machine's own mail server:",
      """
      { email: { from: "office@grace.example", transport: "sendmail",
                 sendmail: { command: ["/usr/sbin/sendmail", "-oi"] } } }
      """
    ),
    (
      "Mail into files, to look at it before anything leaves:",
      """
      { email: { from: "office@grace.example",
                 transport: "maildir", maildir: { path: "~/outbox" } } }
      """
    ),
    (
      "Texts by Twilio, or a service shaped like it:",
      """
      {
        organization: { defaultCountry: "US" },
        sms: { transport: "http", from: "+15551230000", rate: "10/s",
               costPerSegment: 0.0079, currency: "USD",
               http: { url: "https://api.twilio.com",
                       accountSid: "AC0123", authTokenFile: "twilio-token" } },
        whatsapp: { transport: "http", from: "+15551230001",
                    http: { url: "https://api.twilio.com",
                            accountSid: "AC0123", authTokenFile: "twilio-token" } },
      }
      """
    ),
    (
      "Texts by a modem and a program of one's own:",
      """
      { sms: { transport: "command", from: "+2348012345678",
               command: ["/usr/bin/gammu-smsd-inject", "TEXT", "{to}"] } }
      """
    ),
    (
      "Push notes by ntfy:",
      """
      {
        push: { transport: "http",
                http: { url: "https://ntfy.grace.example",
                        headers: { Authorization: "Bearer tk_0123" },
                        body: '{"topic":"{{id}}","title":"{{title}}","message":"{{content}}"}' } },
      }
      """
    ),
  ]

  private static let description = ManualSection(
    title: "DESCRIPTION",
    text: """
      The configuration says who uses caresphere and how messages leave. Every key is optional. The file that --config \
      or CARESPHERE_CONFIG names is read, else the first that is there of $XDG_CONFIG_HOME/caresphere/config.json \
      (~/.config where the variable is not set) and /etc/caresphere/config.json.

      It is JSON5: JSON with comments, names without quotation marks, strings in ' or ", and commas after the last \
      element. An unknown key, a wrong type and a value that cannot be are VALIDATION_ERROR, each with its path; no \
      value is in the error, for it may be a secret. A file that everybody may write is refused, because it names \
      programs to run.

      Paths that begin with ~/ are in the home folder, relative ones in the folder of the configuration. Programs are \
      arrays of words: the program, looked up in PATH unless it has a slash and is such a path, and its arguments. No shell reads them. \
      A length of time is a whole number with s, m, h or d: 50s, 5m, 4h, 3d. A rate is a number in a second, a \
      minute, an hour or a day: 20/s, 100/m, 500/h, 2000/d.
      """)

  private static let waysOut = ManualSection(
    title: "WAYS OUT",
    terms: [
      (
        "email by smtp",
        """
        One connection, or as many as connections says, each kept from mail to mail. A server that closes one, or \
        answers 421 because it takes only so many mails on one, gets the mail on a new connection. With tls required, \
        which is the default but for a server on this machine, nothing leaves unless the connection is encrypted and \
        its certificate is good; optional, the default there, encrypts where the server offers it, and a bad \
        certificate is refused as well; none never encrypts. smtps:// is encrypted from the first byte. A password \
        is only as safe as the connection: with tls optional or none it may be read on the way. libcurl has to be \
        installed (libcurl4 in Debian).
        """
      ),
      (
        "email by sendmail",
        """
        The program is started for each mail, with -f SENDER -- RECIPIENT after its own arguments and the mail on \
        stdin, lines ending with LF. What it writes to stderr is kept as the reason where it fails.
        """
      ),
      (
        "email by maildir",
        """
        Each mail becomes a file in the folder new of a Maildir, mode 0600, lines ending with LF, which mutt and \
        others can read. The recipient's id is in the file's name; an attempt that is made again replaces the file. \
        Nothing leaves the machine. This is what happens without a configuration, in outbox beside the database.
        """
      ),
      (
        "sms and whatsapp by http",
        """
        A POST request for each text, a form with To, From and Body, with Basic authentication by accountSid and the \
        token, as Twilio's API has it. The url is that of the service, to which \
        /2010-04-01/Accounts/SID/Messages.json is appended, or the whole address where it ends with /Messages.json. \
        For WhatsApp both numbers have whatsapp: before them. The sid of the answer is kept, for reports that come \
        later. Idempotency-Key and I-Twilio-Idempotency-Token are the recipient's id.
        """
      ),
      (
        "sms and whatsapp by command",
        """
        The program is started for each text, with the text on stdin. Words of it that hold {to} or {from} get the \
        numbers; where none holds {to}, the recipient's number is its last argument. CARESPHERE_TO, CARESPHERE_FROM \
        and CARESPHERE_RECIPIENT, the recipient's id, are in its environment.
        """
      ),
      (
        "push by http",
        """
        A POST request for each note: the body, a Mustache template that makes JSON, with the headers of the \
        configuration, Content-Type: application/json unless they have another, and the recipient's id as \
        Idempotency-Key.
        """
      ),
    ])

  private static let answers = ManualSection(
    title: "WHAT ANSWERS MEAN",
    text: """
      An accepted message is sent, and never tried again. One that is put off is tried again after retryFirst, and \
      after twice that each time, up to retryMax, until giveUpAfter is over. A refused one has failed for good, with \
      the server's words. Where nobody can be served, the run stops for that way out and everybody waits for the next \
      (SERVICE_UNAVAILABLE, exit 13). What may have been taken or not is tried again where it is mail, whose \
      Message-ID stays the same, and is held where it is a text or a note, which would reach a person twice.
      """,
    terms: [
      (
        "SMTP",
        """
        2xx after the mail: accepted. 4xx: put off. 5xx: refused; 5.1.x (RFC 3463) but 5.1.7 and 5.1.8 also suppresses \
        the address. 421, 530, 534, 535 and 538, no connection, no TLS, a bad certificate, a refused login, no answer \
        within a minute: nobody can be served. A connection that ends after the mail, or no answer to it within two \
        minutes: put off.
        """
      ),
      (
        "Exit statuses of programs (sysexits(3))",
        """
        0: accepted. 75, and 68 (a host that is not found): put off. 67 (no such user): refused, and the address is \
        suppressed. 71, 72, 73, 74, 77, 78, and a program that cannot be started: nobody can be served. Others: \
        refused. A program that a signal ends, or that is killed after five minutes, may have sent its message or not.
        """
      ),
      (
        "HTTP",
        """
        2xx: accepted. 408, 429 and 503: put off. 401 and 403 (the login), 404, 405 and redirections (the address), no \
        connection, a bad certificate: nobody can be served. Other 4xx: refused. Other 5xx, and no answer within a \
        minute: it may have been taken or not.
        """
      ),
    ])

  private static let examplesSection = ManualSection(
    title: "EXAMPLES",
    text: examples.map { example in
      let lines = example.text.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
      return "\(example.about)\n\n\(lines)"
    }.joined(separator: "\n\n"))

  private static let secrets = ManualSection(
    title: "SECRETS",
    text: """
      Passwords and tokens stand in files of their own, which must be regular files of the user who runs caresphere \
      with mode 0600 or 0400; a line end after the secret is left out. A passwordCommand prints the password as the \
      first line of its stdout and ends with 0. Either is read once in a run, when it is first needed, and is in no \
      log, no error, no argument and no environment.
      """)

  private static let environment = ManualSection(
    title: "ENVIRONMENT",
    terms: [
      ("CARESPHERE_CONFIG", "The configuration, in place of --config."),
      (
        "CARESPHERE_SERVER_TIMEOUT",
        """
        How long a server may take for a connection and for each answer, and a program for its work, 1s to 1d; by \
        default 30 seconds, a minute (two for the answer to a whole mail), and five minutes.
        """
      ),
      (
        "SSL_CERT_FILE, SSL_CERT_DIR",
        "The authorities that certificates are checked against, in place of the system's."
      ),
      (
        "http_proxy, https_proxy, all_proxy, no_proxy",
        "The proxies that libcurl goes through."
      ),
    ])

  private static let files = ManualSection(
    title: "FILES",
    terms: [
      ("$XDG_CONFIG_HOME/caresphere/config.json", "The user's configuration."),
      ("/etc/caresphere/config.json", "The machine's, where the user has none."),
      ("outbox", "Beside the database: the Maildir for mail that no other way is set up for."),
    ])
}
