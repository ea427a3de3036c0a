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
      abstract: "Make the database and its first admin, and log in",
      discussion: """
        Makes the database with mode 0600, its folder too where there is none, and its first user, an admin, who is \
        logged in then. The password is asked for twice in the terminal, or read \
        from stdin with --password-stdin; it has at least 8 characters with an upper and a lower case letter \
        and a digit.
        """,
      options: [
        OptionSpec("admin", "EMAIL", "The admin's e-mail address, which is the login name", isRequired: true),
        OptionSpec("full-name", "NAME", "The admin's name", isRequired: true),
        NewPassword.option,
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

  private static let columns = ["id", "email", "fullName", "role", "database"].map {
    Column($0, $0 == "id" ? .id : .text)
  }

  private static func run(_ context: Context) throws {
    try context.output.check(columns: columns)
    let path = context.databasePath
    var information = stat()
    guard lstat(path, &information) != 0 else {
      throw CareError(
        .conflict, "\(path) exists already",
        hint: "log in to it with: caresphere user login EMAIL; for another one name a file with --db")
    }
    for left in ["\(path)-wal", "\(path)-journal"] where lstat(left, &information) == 0 {
      throw CareError(
        .conflict, "\(left) is left of a database that is gone, and would spoil a new one",
        hint: "put a backup in its place with: caresphere restore FILE; or move \(left) away to begin anew")
    }
    var input = UserInput(
      email: context.parsed.value("admin"), fullName: context.parsed.value("full-name"),
      role: Role.admin.rawValue)
    input.password = try NewPassword.read(for: input, context)
    let (user, password) = try UserAdministration.draft(
      input, ids: context.ids, clock: Clock(now: context.now, zone: .utc))
    let hash = try PasswordHash.make(password)
    var tokens: SessionTokens?
    if !context.isDryRun {
      try makeFolder(of: path)
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
    var record = user.json
    record["database"] = .string(path)
    try context.emitResult {
      try context.output.emit(
        record: JSONObject(columns.map { ($0.name, record[$0.name] ?? .null) }), columns: columns)
    }
  }

  private static func fill(
    _ database: Database, user: User, hash: String, _ context: Context
  ) throws -> SessionTokens {
    let settings = Settings(database)
    try settings.set(.databaseID, context.ids.next())
    try settings.set(.createdAt, context.now.description)
    try SigningKey.make(database)
    try UserStore(database, now: context.now).add(user, passwordHash: hash)
    let provenance = Provenance(actorID: user.id, actor: user.email, command: "init", at: context.now)
    try AuditLog(database, ids: context.ids, provenance: provenance)
      .append(entity: "user", id: user.id, after: user.json)
    return try SessionStore(database, ids: context.ids, now: context.now).open(user)
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
