import Testing

@testable import CareSphereKit

@Suite struct BackupNameTests {
  @Test func aNameIsMadeOfTheTime() throws {
    let time = try #require(Timestamp("2025-11-13T10:30:00Z"))
    #expect(BackupName.text(time) == "caresphere-20251113T103000Z.db")
    #expect(BackupName.matches(BackupName.text(time)))
  }

  @Test(arguments: [
    "", "caresphere-.db", "caresphere-20251113T103000Z.db.gz", "caresphere-20251113T103000Z", "caresphere.db",
    "caresphere-20251113 103000Z.db", "caresphere-2025111aT103000Z.db", "caresphere-20251113T103000z.db",
    "Caresphere-20251113T103000Z.db", "caresphere-20251113T1030000Z.db", "caresphere-２0251113T103000Z.db",
    ".caresphere-20251113T103000Z.db",
  ])
  func whatIsCalledOtherwiseIsSomebodyElses(_ name: String) { #expect(!BackupName.matches(name)) }
}
