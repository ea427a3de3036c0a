/// What single texts and numbers of a configuration may look like.
enum ConfigurationText {
  /// Why a text cannot be a value; nil where it can. Its control characters could end up in a header.
  static func problem(with text: String, isMultiline: Bool) -> String? {
    if text.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
      return "is empty; leave the key out instead"
    }
    let isControl = { (scalar: Unicode.Scalar) in
      isMultiline && (scalar == "\n" || scalar == "\r" || scalar == "\t")
        ? false : scalar.properties.generalCategory == .control
    }
    return text.unicodeScalars.contains(where: isControl) ? "has a control character in it" : nil
  }

  /// `smtp, sendmail or maildir`.
  static func alternatives(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }

  /// The domain of an address, in small letters; `localhost` is one.
  static func domain(_ text: String) throws(ValueProblem) -> String {
    let values = MemberValues(clock: Clock(zone: .utc))
    guard !text.contains("@"), let address = try? values.email("x@" + text) else {
      throw ValueProblem("must be a domain such as grace.example")
    }
    return String(address.dropFirst(2))
  }

  /// A number of JSON in millionths; nil for a negative one, one above a million or one with more decimals than six.
  static func millionths(_ spelling: String) -> Int? {
    let parts = spelling.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = Int(parts[0]), (0...1_000_000).contains(whole), parts[0].first != "-"
    else { return nil }
    guard parts.count == 2 else { return whole * 1_000_000 }
    let decimals = parts[1]
    guard decimals.utf8.count <= 6, decimals.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    let padded = decimals + String(repeating: "0", count: 6 - decimals.utf8.count)
    return Int(padded).map { whole * 1_000_000 + $0 }
  }

  /// A currency by its three letters, ISO 4217.
  static func currency(_ text: String) throws(ValueProblem) -> String {
    guard text.utf8.count == 3, text.utf8.allSatisfy({ $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") })
    else { throw ValueProblem("must be three capital letters, such as USD (ISO 4217)") }
    return text
  }
}

/// How much may be sent in a time.
public struct Rate: Equatable, Sendable {
  /// How many, at least 1.
  public var count: Int
  /// In how many seconds.
  public var seconds: Int

  /// So many in so many seconds, both at least 1.
  public init(count: Int, seconds: Int) {
    self.count = count
    self.seconds = seconds
  }

  /// Reads `20/s`; also a minute, an hour or a day: `500/h`.
  /// - Throws: `ValueProblem` for anything else
  init(parsing text: String) throws(ValueProblem) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let count = Int(parts[0]),
      (1...1_000_000).contains(count), let seconds = DurationText.seconds("1\(parts[1])"),
      parts[1].utf8.count == 1
    else { throw ValueProblem("must be a rate such as 20/s, 100/m or 500/h") }
    self.init(count: count, seconds: seconds)
  }
}

/// Codes of countries.
enum CountryCode {
  /// A code of ISO 3166-1 in capital letters.
  /// - Throws: `ValueProblem` for what is none
  static func parse(_ text: String) throws(ValueProblem) -> String {
    let code = text.uppercased()
    if code.utf8.count == 2, codes.contains(Substring(code)) { return code }
    let hint = code == "UK" ? "; the United Kingdom is GB" : ""
    throw ValueProblem("must be the two letters of a country, such as NG or DE (ISO 3166-1)\(hint)")
  }

  /// All of ISO 3166-1 alpha-2.
  private static let codes = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split { $0 == " " || $0 == "\n" }
}
