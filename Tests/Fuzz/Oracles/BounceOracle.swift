import CareSphereKit

/// Mails that came back: every one is something, the same each time, and what is told of it is short and of our mail
/// only. One more line of an MTA on the way changes nothing.
enum BounceOracle {
  static func check(_ bytes: [UInt8]) throws {
    let mail = ReturnedMail(bytes, now: Moment.now)
    try require(mail == ReturnedMail(bytes, now: Moment.now), "twice read, twice something else")
    try require(mail.kind != .other || mail.events.isEmpty, "events of nothing: \(mail)")
    try require(mail.events.count <= 200, "\(mail.events.count) events")
    for event in mail.events {
      try require(event.detail?.count ?? 0 <= 1000, "a long story: \(event)")
      try require(event.eventID?.isEmpty != true, "a name that is none: \(event)")
      let clues = event.clues
      try require(
        clues.recipientID != nil || clues.address != nil || !clues.mailIDs.isEmpty, "about nobody: \(event)")
      try require(
        clues.address?.unicodeScalars.contains { $0.value <= 0x20 } != true,
        "an address with blanks: \(event)")
    }
    // A blank would be folded into the line, an mbox's line is passed, and of fields there is a most.
    guard let first = bytes.first, first != 0x20, first != 0x09, !bytes.starts(with: "From ".utf8),
      bytes.count(where: { $0 == 0x0A }) < 1900
    else { return }
    let relayed = ReturnedMail(Array("Received: by mx.example\r\n".utf8) + bytes, now: Moment.now)
    try require(mail == relayed, "\(mail)\nwith another relay: \(relayed)")
  }
}
