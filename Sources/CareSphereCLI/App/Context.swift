import CRuntime
import CareSphereKit
import CommandLineKit
import Glibc
import SQLiteStore
import TextFormats

/// What a command works with: what was typed, the streams, and, opened when first asked for, the
/// database and who is at work on it.
final class Context {
  let parsed: ParsedArguments
  let console: Console
  let output: Output
  let environment: [String: String]
  /// The real time at which the command began.
  let now: Timestamp
  let ids = UUIDv7Generator()

  init(
    _ parsed: ParsedArguments, console: Console, output: Output, environment: [String: String], now: Timestamp
  ) {
    self.parsed = parsed
    self.console = console
    self.output = output
    self.environment = environment
    self.now = now
  }

  /// `--dry-run`.
  var isDryRun: Bool { parsed.has("dry-run") }
  /// The command as it is typed: `member import`.
  var command: String { parsed.path.joined(separator: " ") }

  // MARK: Time

  private var openedClock: Clock?

  /// Now, `--as-of` and the organization's zone.
  /// - Throws: `CareError(.validation)` for a time that is none
  func clock() throws -> Clock {
    if let openedClock { return openedClock }
    let zone = try Zone(organization: try configuration().organization.timezone, environment: environment)
    let asOf = try parsed.value("as-of").map {
      try TimeExpression($0).timestamp(now: now, zone: zone)
    }
    let clock = Clock(now: now, asOf: asOf, zone: zone)
    openedClock = clock
    return clock
  }

  private var openedConfiguration: Configuration?

  func configuration() throws -> Configuration {
    if let openedConfiguration { return openedConfiguration }
    let configuration = try Configuration.load(
      path: parsed.value("config"), environment: environment)
    openedConfiguration = configuration
    return configuration
  }

  // MARK: The database and who is at work

  private var openedDatabase: Database?
  private var knownActor: Actor?

  /// The path that `--db`, the environment or the default names; nothing need be there.
  var databasePath: String {
    if let path = parsed.value("db") { return path }
    let data = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    return (data ?? (environment["HOME"] ?? "") + "/.local/share") + "/caresphere/caresphere.db"
  }

  func databaseOptions() throws -> Database.Options {
    Database.Options(
      applicationID: Schema.applicationID, lockTimeout: try lockTimeout(),
      interrupted: { caresphere_signals_received() != 0 })
  }

  /// `--lock-timeout` in milliseconds.
  private func lockTimeout() throws -> Int {
    guard let text = parsed.value("lock-timeout") else { return 30_000 }
    guard let seconds = DurationText.seconds(text), seconds <= 86_400 else {
      throw CareError(.usage, "--lock-timeout is a time such as 30s or 5m, not \(text)")
    }
    return seconds * 1000
  }

  /// The database, opened and checked.
  /// - Throws: `DatabaseError`
  func database() throws -> Database {
    if let openedDatabase { return openedDatabase }
    let database = try Database.open(
      path: databasePath, options: try databaseOptions(), migrations: Schema.migrations)
    openedDatabase = database
    console.step("opened \(database.path)")
    return database
  }

  /// Closes the database, so that another file can take its place.
  func closeDatabase() { openedDatabase = nil }

  /// Who is at work.
  /// - Throws: `CareError(.unauthorized)` where nobody is logged in
  func actor() throws -> Actor {
    if let knownActor { return knownActor }
    let database = try database()
    let file = SessionFile(databasePath: database.path, environment: environment)
    let actor = try Authenticator(database, file: file, ids: ids, now: now)
      .actor(tokenFile: parsed.value("token-file"))
    knownActor = actor
    console.step("working as \(actor.auditName), role \(actor.role.rawValue)")
    return actor
  }

  /// Who makes the changes of this command, and when.
  func provenance() throws -> Provenance {
    let actor = try actor()
    return Provenance(actorID: actor.id, actor: actor.auditName, command: command, at: now)
  }

  /// Runs `body` as one transaction, which `--dry-run` takes back at the end.
  func write<T>(_ body: (Database) throws -> T) throws -> T {
    let database = try database()
    caresphere_signals_hold(1)
    defer { caresphere_signals_hold(0) }
    let result = try database.write(commit: !isDryRun) {
      console.step("began to write; other writers wait")
      return try body(database)
    }
    console.step(isDryRun ? "took everything back" : "committed")
    // What is printed is what the real run prints; a person who looks at it is told the difference.
    if isDryRun, console.error.isTerminal { console.notice("a dry run: nothing is changed") }
    return result
  }

  /// Writes the file anew where a person was erased and that is still to be done.
  /// - Returns: nil where it is done, else why it is not.
  func removeErasureRemains() -> String? {
    do {
      if try ErasureRemains(try database()).remove() { return nil }
      return "another process reads it"
    } catch {
      return Failure(error).message
    }
  }

  /// As `removeErasureRemains`, for commands that have other work to do: that it could not be done is told, no more.
  func tryToRemoveErasureRemains() {
    guard let reason = removeErasureRemains() else { return }
    console.warning(
      "traces of somebody who was erased may still be in the file: \(reason); the next run tries again")
  }

  /// What a failure is that looks like a defect of ours: the database may hold what no version of this program has
  /// written. Nobody is kept waiting for more than a look.
  func explained(_ error: any Error) -> any Error {
    guard case .told(let told) = Failure(error), told.code == .internalError, let openedDatabase,
      let problem = try? DatabaseCheck(openedDatabase).firstDamage()
    else { return error }
    let found: String
    if case .string(let text) = problem.found { found = ": \(text)" } else { found = "" }
    return CareError(
      .database, "the database is damaged: \(problem.what)\(found)",
      hint: "see all that is wrong with: caresphere check")
  }

  /// A failure whose hint, where it is a command to type, is about the database that `--db` named: typed as it stands
  /// it would be about the default one, which may well be healthy.
  func withDatabaseInHint(_ error: any Error) -> any Error {
    guard let path = parsed.value("db"), case .told(var told) = Failure(error), let hint = told.hint,
      !hint.contains("--db \(path)")
    else { return error }
    let isPlain = path.utf8.allSatisfy { $0 > 0x20 && !"\"'`$&|;<>()*?[]#~\\!".utf8.contains($0) }
    guard isPlain else { return error }
    for quote in [": ", "`"] {
      let parts = (told.hint ?? hint).split(
        separator: quote + "caresphere ", omittingEmptySubsequences: false)
      told.hint = parts.dropFirst().reduce(String(parts.first ?? "")) { text, part in
        // The flag stands behind the command's own words.
        let words = part.prefix { $0 == " " || $0.isLowercase || $0 == "-" }
        let verb = words.split(separator: " ").prefix { !$0.hasPrefix("-") }.joined(separator: " ")
        return text + quote + "caresphere " + verb + " --db " + path + part.dropFirst(verb.count)
      }
    }
    return told
  }

  // MARK: Results

  /// Shows what a change has made of something. With `--quiet` that is left out, unless a format, fields
  /// or a file were asked for.
  /// - Parameter always: whether it is shown nevertheless, because something failed.
  func emitResult(always: Bool = false, _ emit: () throws -> Void) throws {
    if !always, parsed.has("quiet"), !["format", "fields", "output"].contains(where: parsed.has) { return }
    try emit()
  }

  /// The single problems behind a failure whose report has been shown and lists them too: none where somebody has that
  /// report before their eyes.
  func details(besidesReport details: CareError.Details) -> CareError.Details {
    let isSeen = console.output.isTerminal && console.error.isTerminal && output.options.file == nil
    return isSeen && !output.format.wantsErrorEnvelope ? .none : details
  }

  // MARK: Questions

  /// Asks before something is done to a set of people or things, unless `--yes` or `--dry-run` was given.
  /// - Parameter question: complete, with the count: `Delete 12 members?`
  /// - Throws: `CareError(.usage)` where nobody can be asked, `CareError(.conflict)` where the answer is no
  func confirm(_ question: String) throws {
    if parsed.has("yes") || isDryRun { return }
    guard console.canAsk else {
      throw CareError(
        .usage, "\(question) Nobody can be asked here", hint: "add --yes to go on without asking")
    }
    guard try console.confirm(question) else {
      throw CareError(.conflict, "stopped; nothing was changed")
    }
  }
}
