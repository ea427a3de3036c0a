import TestSupport
import Testing

@testable import CareSphereKit

/// The right to deliver.
@Suite struct RunLockTests {
  @Test func oneHasItAtATime() throws {
    let sandbox = try Sandbox()
    let path = sandbox.path("care.db")
    do {
      let lock = try RunLock.acquire(databasePath: path)
      #expect(lock != nil)
      #expect(try RunLock.acquire(databasePath: path) == nil)
      withExtendedLifetime(lock) {}
    }
    #expect(try RunLock.acquire(databasePath: path) != nil)
    let mode = try sandbox.execute(["stat", "-c", "%a", path + ".deliver.lock"]).succeeded().stdout
    #expect(mode == "600\n")
  }

  @Test func aLinkInItsPlaceIsNotFollowed() throws {
    let sandbox = try Sandbox()
    let path = sandbox.path("care.db")
    try sandbox.execute(["ln", "-s", sandbox.path("elsewhere"), path + ".deliver.lock"]).succeeded()
    #expect(throws: CareError.self) { try RunLock.acquire(databasePath: path) }
    #expect(!sandbox.exists("elsewhere"))
  }
}
