import TextFormats

/// Makes a text for a phone of a rendered one: SMS, WhatsApp.
struct TextPacker {
  private let sender: String
  private let defaultCountry: String?
  private let countsSegments: Bool

  init(
    _ gateway: Configuration.Gateway, _ organization: Configuration.Organization, countsSegments: Bool
  ) {
    sender = gateway.from ?? ""
    defaultCountry = organization.defaultCountry
    self.countsSegments = countsSegments
  }

  /// The text to one person; line breaks are line feeds, and there are none at its end, where they would only cost.
  /// - Throws: `CareError(.validation)` for a number that cannot be called, and for a text that is empty or has a NUL.
  func pack(_ content: [UInt8], to phone: String, recipientID: String) throws(CareError) -> ComposedMessage {
    let number: String
    do throws(ValueProblem) {
      number = try PhoneNumber.e164(phone, defaultCountry: defaultCountry)
    } catch {
      throw CareError(.validation, error.reason)
    }
    let lines = Self.lines(content)
    guard !lines.isEmpty else { throw CareError(.validation, "the text is empty for this person") }
    guard !lines.contains(0) else {
      throw CareError(.validation, "the text has a NUL character, which no gateway takes")
    }
    let text = String(decoding: lines, as: UTF8.self)
    return ComposedMessage(
      text: text,
      outgoing: Outgoing(recipientID: recipientID, sender: sender, recipient: number, content: lines),
      segments: countsSegments ? SMSText(text).segments : nil)
  }

  private static func lines(_ content: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(content.count)
    var previous: UInt8 = 0
    for byte in content {
      if byte == 0x0D {
        result.append(0x0A)
      } else if !(byte == 0x0A && previous == 0x0D) {
        result.append(byte)
      }
      previous = byte
    }
    while let last = result.last, last == 0x0A || last == 0x20 || last == 0x09 { result.removeLast() }
    return result
  }
}
