import Testing

@testable import CareSphereKit

/// How many parts a text takes.
@Suite struct SMSTextTests {
  private static let basic =
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"

  @Test(
    arguments: [
      ("", 0, 0), ("a", 1, 1), ("a", 160, 1), ("a", 161, 2), ("a", 306, 2), ("a", 307, 3), ("a", 459, 3),
      ("a", 460, 4),
      ("€", 80, 1), ("€", 81, 2), ("€", 152, 2), ("€", 153, 3), ("ü", 160, 1), ("ü", 161, 2), ("{", 80, 1),
      ("你", 70, 1), ("你", 71, 2), ("你", 134, 2), ("你", 135, 3), ("😀", 35, 1), ("😀", 36, 2), ("😀", 66, 2),
      ("😀", 67, 3), ("ê", 70, 1), ("ê", 71, 2), ("`", 70, 1), ("`", 71, 2),
    ]) func partsOfRepeatedCharacters(_ character: String, _ count: Int, _ parts: Int)
  {
    #expect(SMSText(String(repeating: character, count: count)).segments == parts)
  }

  @Test(
    arguments: [
      // The escape would be the 153rd septet of the first part, so it goes to the next with its character.
      (String(repeating: "a", count: 152) + "€" + String(repeating: "a", count: 151), 2),
      (String(repeating: "a", count: 152) + "€" + String(repeating: "a", count: 152), 3),
      (String(repeating: "a", count: 151) + "€" + String(repeating: "a", count: 153), 2),
      (String(repeating: "a", count: 158) + "€", 1), (String(repeating: "a", count: 159) + "€", 2),
      (String(repeating: "é", count: 10) + "😀" + String(repeating: "x", count: 58), 1),
      (String(repeating: "你", count: 66) + "😀" + String(repeating: "你", count: 65), 2),
      (String(repeating: "你", count: 66) + "😀" + String(repeating: "你", count: 66), 3),
    ]) func noCharacterIsCut(_ text: String, _ parts: Int)
  {
    #expect(SMSText(text).segments == parts)
  }

  @Test func theAlphabetIsTheBasicTableAndItsExtension() {
    #expect(Self.basic.unicodeScalars.count == 127)
    for scalar in Self.basic.unicodeScalars { #expect(SMSText(String(scalar)).encoding == .gsm, "\(scalar)") }
    for scalar in "\u{0C}^{}\\[~]|€".unicodeScalars { #expect(SMSText(String(scalar)).encoding == .gsm) }
    for scalar in "`ç\táê’–…\u{A0}Άλ".unicodeScalars {
      #expect(SMSText(String(scalar)).encoding == .ucs2, "\(scalar)")
    }
  }
}
