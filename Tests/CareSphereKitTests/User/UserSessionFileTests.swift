import Glibc
import TestSupport
import Testing

@testable import CareSphereKit

@Suite struct UserSessionFileTests {
  private let sandbox: Sandbox
  private let file: SessionFile
  private let session = StoredSession(
    accessToken: "a.b.c", accessExpiresAt: 1_700_000_000, refreshToken: "csr_x", previousRefreshToken: "csr_w"
  )

  init() throws {
    sandbox = try Sandbox()
    file = SessionFile(databasePath: "/somewhere/care.db", environment: sandbox.environment)
  }

  private func mode(_ path: String) -> mode_t {
    var information = stat()
    lstat(path, &information)
    return information.st_mode & 0o7777
  }

  private func refusal(_ body: () throws -> Void) -> ErrorCode? {
    do {
      try body()
      return nil
    } catch { return (error as? CareError)?.code }
  }

  @Test func keepsASessionPrivately() throws {
    #expect(try file.read() == nil)
    try file.write(session)
    #expect(try file.read() == session)
    #expect(mode(file.folder) == 0o700)
    #expect(mode(file.path) == 0o600)
    var next = session
    next.previousRefreshToken = nil
    try file.write(next)
    #expect(try file.read() == next)
    #expect(try sandbox.execute(["ls", "-A", file.folder]).lines.count == 1)
    try file.remove()
    #expect(try file.read() == nil)
    try file.remove()
  }

  @Test func eachDatabaseHasItsOwn() throws {
    let other = SessionFile(databasePath: "/elsewhere/care.db", environment: sandbox.environment)
    #expect(other.path != file.path)
    #expect(other.folder == file.folder)
    try file.write(session)
    #expect(try other.read() == nil)
  }

  @Test(arguments: [
    (["XDG_STATE_HOME": "/state", "HOME": "/home/a"], "/state/caresphere"),
    (["XDG_STATE_HOME": "state", "HOME": "/home/a"], "/home/a/.local/state/caresphere"),
    (["XDG_STATE_HOME": "", "HOME": "/home/a"], "/home/a/.local/state/caresphere"),
    (["HOME": "/home/a"], "/home/a/.local/state/caresphere"),
  ])
  func followsTheBaseDirectoryRules(environment: [String: String], folder: String) {
    #expect(SessionFile(databasePath: "/x", environment: environment).folder == folder)
  }

  @Test(arguments: [mode_t(0o644), 0o640, 0o660, 0o604, 0o700, 0o602])
  func refusesAFileThatOthersCanHave(mode: mode_t) throws {
    try file.write(session)
    chmod(file.path, mode)
    #expect(refusal { _ = try file.read() } == .unauthorized)
    try file.write(session)
    #expect(try file.read() == session)
  }

  @Test func refusesAFolderThatOthersCanChange() throws {
    try file.write(session)
    chmod(file.folder, 0o755)
    #expect(refusal { _ = try file.read() } == .unauthorized)
    try file.write(session)
    #expect(try file.read() == session)
  }

  @Test func refusesAnotherOwner() throws {
    try file.write(session)
    guard geteuid() == 0 else { return }
    chown(file.path, 12345, 12345)
    #expect(refusal { _ = try file.read() } == .unauthorized)
    chown(file.path, 0, 0)
    chown(file.folder, 12345, 12345)
    #expect(refusal { _ = try file.read() } == .unauthorized)
    #expect(refusal { try file.write(session) } == .unauthorized)
  }

  @Test func refusesWhatIsNoFile() throws {
    try file.write(session)
    rename(file.path, file.path + ".kept")
    symlink(file.path + ".kept", file.path)
    #expect(refusal { _ = try file.read() } == .unauthorized)
    unlink(file.path)
    mkdir(file.path, 0o600)
    #expect(refusal { _ = try file.read() } == .unauthorized)
    rmdir(file.path)
    mkfifo(file.path, 0o600)
    #expect(refusal { _ = try file.read() } == .unauthorized)
  }

  @Test(arguments: [
    "", "{", "[]", "null", #"{"accessToken":1}"#, #"{"accessToken":"a","refreshToken":"b"}"#, "\u{0}",
  ])
  func takesAFileOfAnotherFormForNone(text: String) throws {
    try file.write(session)
    try sandbox.write(file.path, text)
    chmod(file.path, 0o600)
    #expect(try file.read() == nil)
  }

  @Test func anOversizedFileIsNotRead() throws {
    try file.write(session)
    try sandbox.write(file.path, bytes: .init(repeating: 32, count: 70_000))
    chmod(file.path, 0o600)
    #expect(refusal { _ = try file.read() } == .io)
  }
}
