import Testing

@testable import CareSphereKit

/// Telephone numbers as networks know them.
@Suite struct PhoneNumberTests {
  @Test(
    arguments: [
      ("+234 803 123 4567", nil, "+2348031234567"), ("0803 123 4567", "NG", "+2348031234567"),
      ("8031234567", "NG", "+2348031234567"), ("2348031234567", "NG", "+2348031234567"),
      ("009 44 20 7946 0958", "NG", "+442079460958"), ("00442079460958", "DE", "+442079460958"),
      ("00442079460958", nil, "+442079460958"), ("011 44 20 7946 0958", "US", "+442079460958"),
      ("(415) 555-0100", "US", "+14155550100"), ("1-415-555-0100", "US", "+14155550100"),
      ("415.555.0100", "CA", "+14155550100"), ("+1 (415) 555-0100", "GB", "+14155550100"),
      ("+44 (0)20 7946 0958", nil, "+442079460958"), ("020 7946 0958", "GB", "+442079460958"),
      ("0151/23456789", "DE", "+4915123456789"), ("06 1234 5678", "IT", "+390612345678"),
      ("0113 496 0000", "GB", "+441134960000"), ("0110 123456", "KE", "+254110123456"),
      ("06 20 123 4567", "HU", "+36201234567"), ("8 (912) 345-67-89", "RU", "+79123456789"),
      ("810 44 20 7946 0958", "RU", "+442079460958"), ("0011 44 20 7946 0958", "AU", "+442079460958"),
      ("912 345 678", "ES", "+34912345678"), ("090-1234-5678", "JP", "+819012345678"),
      ("98765 43210", "IN", "+919876543210"), ("9198765432", "IN", "+919198765432"),
      ("919876543210", "IN", "+919876543210"), ("+1234567890", nil, "+1234567890"),
      ("\u{202A}+49 151 23456789\u{202C}", nil, "+4915123456789"), ("٠٨٠٣١٢٣٤٥٦٧", "NG", "+2348031234567"),
      ("07 12 34 56 78", "CI", "+2250712345678"), ("+290 22222", nil, "+29022222"),
      ("＋491512345678", nil, "+491512345678"),
    ] as [(String, String?, String)]) func theseAre(_ text: String, _ country: String?, _ expected: String)
    throws
  {
    #expect(try PhoneNumber.e164(text, defaultCountry: country) == expected)
  }

  @Test(
    arguments: [
      ("0803 123 4567", nil), ("415 555 0100", nil), ("555-0100", "US"), ("123", "NG"), ("+0987654321", nil),
      ("+44", nil), ("+12345", nil), ("+1234567890123456", nil), ("", "US"), ("+", "US"),
      ("1-800-FLOWERS", "US"),
      ("+234 803 123 4567 ext. 5", nil), ("+49 151 +1", nil), ("4155550100999", "US"), ("+210 555 5555", nil),
      ("0803 123 4567", "XX"), ("009", "NG"), ("---", "NG"),
    ] as [(String, String?)]) func theseAreNot(_ text: String, _ country: String?)
  {
    #expect(throws: ValueProblem.self) { try PhoneNumber.e164(text, defaultCountry: country) }
  }

  @Test func everyCountryOfTheStandardIsThere() throws {
    for code in ["AC", "AX", "XK", "ZW", "VA", "SJ", "UM", "GG", "EH", "SX", "TL", "SS"] {
      #expect(CallingCodes.country(code) != nil, "\(code)")
    }
    #expect(CallingCodes.country("US")?.code == "1" && CallingCodes.country("JM")?.code == "1")
    #expect(CallingCodes.all.allSatisfy { (1...3).contains($0.utf8.count) && $0.utf8.first != 0x30 })
  }
}
