import Foundation
import TestSupport
import Testing

@testable import CareSphereKit

@Suite struct MaildirTransportTests {
  let fixture: TransportFixture

  init() throws { fixture = try TransportFixture() }

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: fixture.sandbox.path(folder)).sorted()
  }

  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: fixture.sandbox.path(path))
    return try #require(attributes[.posixPermissions] as? Int)
  }

  @Test func standsBesideTheDatabaseByDefault() throws {
    let plan = try fixture.plan("{}")
    #expect(plan.name == "maildir \(fixture.sandbox.path("data/outbox"))")
    #expect(plan.isRepeatable && plan.connections == 1 && plan.rate == nil)
    let transport = plan.connect()
    for number in 1...3 {
      transport.deliver(.mail(number, body: "Text \(number)\r\n.\r\n")).expect("accepted")
    }
    #expect(try names("data/outbox") == ["cur", "new", "tmp"])
    #expect(try names("data/outbox/tmp").isEmpty)
    let files = try names("data/outbox/new")
    #expect(files == (1...3).map { "1763285401.019a8c00-0000-7000-8000-00000000000\($0).caresphere" })
    let text = try fixture.sandbox.read("data/outbox/new/\(files[0])")
    #expect(text.hasSuffix("\n\nText 1\n.\n\n") && !text.contains("\r"))
    #expect(try mode("data/outbox") == 0o700)
    #expect(try mode("data/outbox/new") == 0o700)
    #expect(try mode("data/outbox/new/\(files[0])") == 0o600)
  }

  @Test func replacesWhatAnAttemptBeforeLeft() throws {
    let configuration = "{ email: { maildir: { path: 'mine' } } }"
    try fixture.transport(configuration).deliver(.mail(1, body: "first")).expect("accepted")
    try fixture.transport(configuration).deliver(.mail(1, body: "second")).expect("accepted")
    let files = try names("mine/new")
    #expect(files.count == 1)
    #expect(try fixture.sandbox.read("mine/new/\(files[0])").contains("second"))
  }

  @Test func isReadByPython() throws {
    try fixture.transport("{ email: { maildir: { path: 'mine' } } }").deliver(.mail(to: "ana@example.org"))
      .expect("accepted")
    let script = "import mailbox; print([m['To'] for m in mailbox.Maildir('mine', create=False)])"
    #expect(
      try fixture.sandbox.execute(["python3", "-c", script]).succeeded().lines == ["['ana@example.org']"])
  }

  @Test func saysThatTheDiskIsFull() throws {
    let disk = try SmallDisk(in: fixture.sandbox, kibibytes: 256)
    let transport = try fixture.transport("{ email: { maildir: { path: '\(disk.path)/box' } } }")
    transport.deliver(.mail(1)).expect("accepted")
    try disk.fill()
    transport.deliver(.mail(2)).expect("unavailable", saying: "No space left on device")
    #expect(try names("small/box/tmp").isEmpty)
    #expect(try names("small/box/new").count == 1)
  }

  @Test(arguments: ["../x", "", "a/b", "a b", "a\0"]) func namesNoOtherFile(id: String) {
    #expect(MaildirTransport.fileName(of: id) == nil)
  }
}
