import CareSphereKit
import CommandLineKit
import Glibc
import SQLiteStore
import TextFormats

/// `caresphere init`: makes the database and its first admin, and logs in.
enum Init {
  static let command = Command(
    CommandSpec(
      name: "init",
      abstract: "make the database and its first admin, and log in",
      discussion: """
        Makes the database with mode 0600, in a folder of its own where that is missing, and its first user, an \
        admin, whose login is kept for this database. The password is asked for twice in the terminal, or read \
        from stdin with --password-stdin; it has at least 8 characters with an upper and a lower case letter \
        and a digit.
        """,
      options: [
        OptionSpec("admin", "EMAIL", "The admin's e-mail address, which is the login name", isRequired: true),
        OptionSpec("full-name", "NAME", "The admin's name", isRequired: true),
        .flag("password-stdin", "Read the password from stdin"),
      ],
      examples: [
        .init(
          "caresphere init --admin ada@example.org --full-name \"Ada Obi\"", "Asks for a password and begins."
        ),
        .init(
          "caresphere init --admin ada@example.org --full-name \"Ada Obi\" --password-stdin < password.txt",
          "Takes the password from a file."),
      ]),
    access: .anyone, run: run)

  private static func run(_ context: Context) throws {
    let path = context.databasePath
    var information = stat()
    guard lstat(path, &information) != 0 else {
      throw CareError(.conflict, "\(path) exists already", hint: "name another file with --db")
    }
    let (email, fullName) = try person(context.parsed)
    let password = try NewPassword.read(context, email: email, fullName: fullName)
    let hash = try PasswordHash.make(password)
    try makeFolder(of: path)
    let user = User(
      id: context.ids.next(), email: email, fullName: fullName, role: .admin, createdAt: context.now,
      updatedAt: context.now)
    var tokens: SessionTokens?
    if !context.isDryRun {
      do {
        try Database.create(
          path: path, options: try context.databaseOptions(), migrations: Schema.migrations
        ) { database in
          tokens = try fill(database, user: user, hash: hash, context)
        }
      } catch let error as DatabaseError where error.kind == .unique {
        throw CareError(.conflict, error.message, hint: "name another file with --db")
      }
      if let tokens {
        let real = try context.database().path
        try SessionFile(databasePath: real, environment: context.environment).write(tokens.stored())
      }
    }
    context.console.step("made \(path)")
    let columns = ["id", "email", "fullName", "role", "database"].map { Column($0, $0 == "id" ? .id : .text) }
    var record = user.json
    record["database"] = .string(path)
    try context.output.emit(
      record: JSONObject(columns.map { ($0.name, record[$0.name] ?? .null) }), columns: columns)
  }

  private static func fill(
    _ database: Database, user: User, hash: String, _ context: Context
  ) throws -> SessionTokens {
    try database.execute(
      "INSERT INTO settings (key, value) VALUES ('database_id', ?), ('created_at', ?)",
      [.text(context.ids.next()), .text(context.now.description)])
    try SigningKey.make(database)
    try UserStore(database, now: context.now).add(user, passwordHash: hash)
    let provenance = Provenance(actorID: user.id, actor: user.email, command: "init", at: context.now)
    try AuditLog(database, ids: context.ids, provenance: provenance)
      .append(entity: "user", id: user.id, after: user.json)
    return try SessionStore(database, ids: context.ids, now: context.now).open(user)
  }

  /// The admin's address and name, or all that is wrong with them.
  private static func person(_ parsed: ParsedArguments) throws -> (email: String, fullName: String) {
    let values = MemberValues(clock: Clock(zone: .utc))
    var problems: [CareError.FieldProblem] = []
    var email: String?
    var fullName: String?
    do { email = try values.email(parsed.value("admin") ?? "") } catch {
      problems.append(.init("admin", error.reason))
    }
    do {
      fullName = try values.line(parsed.value("full-name") ?? "", limit: 255)
    } catch { problems.append(.init("full-name", error.reason)) }
    guard let email, let fullName, problems.isEmpty else {
      if email == nil, !problems.contains(where: { $0.field == "admin" }) {
        problems.append(.init("admin", "is empty; it is the admin's e-mail address"))
      }
      if fullName == nil, !problems.contains(where: { $0.field == "full-name" }) {
        problems.append(.init("full-name", "is empty; it is the admin's name"))
      }
      throw CareError(.validation, "the admin cannot be added", details: .fields(problems))
    }
    return (email, fullName)
  }

  /// Makes the folders that the database is to be in, for its owner only.
  private static func makeFolder(of path: String) throws {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
    var end = path.index(after: path.startIndex)
    while end <= slash {
      let next = path[end...].firstIndex(of: "/") ?? slash
      let folder = String(path[..<next])
      if mkdir(folder, 0o700) != 0, errno != EEXIST {
        throw CareError(.io, "cannot make the folder \(folder): \(String(cString: strerror(errno)))")
      }
      end = path.index(after: next)
    }
  }
}
