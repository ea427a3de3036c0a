import CareSphereKit
import CommandLineKit

extension Context {
  /// What changes users on behalf of whoever is at work.
  func userAdministration() throws -> UserAdministration {
    let database = try database()
    return UserAdministration(
      database, ids: ids, clock: try clock(), actor: try actor(),
      audit: AuditLog(database, ids: ids, provenance: try provenance()), commits: !isDryRun)
  }

  /// What keeps the session of the database.
  func sessionFile() throws -> SessionFile {
    SessionFile(databasePath: try database().path, environment: environment)
  }

  /// The fields of a user from flags and request body, unchecked.
  /// - Throws: `CareError(.usage)` for a field that is given both ways
  func userInput() throws -> UserInput {
    let flags = UserInput(
      email: parsed.value("email"), fullName: parsed.value("full-name"),
      displayName: parsed.value("display-name"), avatarURL: parsed.value("avatar-url"),
      role: parsed.value("role"), status: parsed.value("status"))
    guard let body = try RequestBody.read(self) else { return flags }
    return try flags.joined(with: try UserInput(body: body))
  }
}
