import Testing

@testable import CareSphereKit

/// A message that came back, or was complained about, after somebody had opened it.
@Suite struct LateBounceTests {
  private typealias Told = (kind: EventKind, second: Int, detail: String?)

  /// What is told, and what the list of recipients then says: status and error message.
  private static let cases: [(told: [Told], status: String, error: String?)] = [
    ([(.opened, 9, nil)], "opened", nil),
    ([(.opened, 9, nil), (.hardBounced, 10, "550 no such user")], "opened", "550 no such user"),
    ([(.hardBounced, 8, nil), (.opened, 9, nil)], "opened", "it came back for good"),
    ([(.clicked, 9, nil), (.complained, 10, nil)], "clicked", "its owner complained"),
    (
      [(.complained, 9, "abuse"), (.opened, 10, nil), (.hardBounced, 11, "550"), (.hardBounced, 12, "551")],
      "opened", "550"
    ),
    ([(.hardBounced, 9, "550")], "failed", "550"),
  ]

  @Test(arguments: cases.indices) func itIsShown(index: Int) throws {
    let (told, status, error) = Self.cases[index]
    let fixture = try TrackingFixture()
    let member = try fixture.member(email: "ana@grace.example")
    let (message, recipients) = try fixture.message(to: [member])
    let recipient = try #require(recipients.first)
    try fixture.track(
      told.map { kind, second, detail in
        var event = TrackingFixture.event(kind, recipient, at: second, url: kind == .clicked ? "x" : nil)
        event.detail = detail
        return event
      })
    var rows: [[String?]] = []
    try RecipientReader(fixture.database, messageID: message).each([.status, .errorMessage]) {
      rows.append([$0.text(0), $0.text(1)])
    }
    #expect(rows == [[status, error]])
  }
}
