import TextFormats

/// Telephone numbers as networks know them (ITU-T E.164): `+2348031234567`.
public enum PhoneNumber {
  /// A number in E.164.
  /// - Parameters:
  ///   - text: as somebody wrote it, with whatever signs between the digits.
  ///   - defaultCountry: ISO 3166-1, two capital letters: where numbers without a country are from.
  /// - Throws: `ValueProblem` for what cannot be a number, and for one without country where none is set.
  public static func e164(_ text: String, defaultCountry: String?) throws(ValueProblem) -> String {
    let (digits, isInternational) = try digits(text)
    if isInternational { return try checked(digits) }
    guard let country = defaultCountry.flatMap(CallingCodes.country) else {
      if digits.hasPrefix("00") { return try checked(String(digits.dropFirst(2))) }
      throw ValueProblem(
        "the phone number “\(shown(text))” has no country: write it with + and the country's code, or set "
          + "organization.defaultCountry")
    }
    for prefix in country.internationalPrefixes where digits.hasPrefix(prefix) {
      return try checked(String(digits.dropFirst(prefix.utf8.count)))
    }
    return try national(digits, country, text)
  }

  /// The digits in ASCII, and whether a plus sign stood before them. `(0)` behind a country's code is left out.
  private static func digits(_ text: String) throws(ValueProblem) -> (digits: String, hasPlus: Bool) {
    var digits = ""
    var hasPlus = false
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "0"..."9":
        let isOptionalTrunk =
          hasPlus && !digits.isEmpty && scalar == "0" && index > 0 && scalars[index - 1] == "("
          && index + 1 < scalars.count && scalars[index + 1] == ")"
        if !isOptionalTrunk { digits.unicodeScalars.append(scalar) }
      case "+", "\u{FF0B}":
        guard digits.isEmpty, !hasPlus else {
          throw ValueProblem("the phone number “\(shown(text))” is none")
        }
        hasPlus = true
      default:
        if scalar.properties.isAlphabetic {
          throw ValueProblem(
            "the phone number “\(shown(text))” has letters or an extension, which a text cannot reach")
        }
        if let value = scalar.properties.numericType == .decimal ? scalar.properties.numericValue : nil,
          (0...9).contains(value)
        {
          digits += String(Int(value))
        }
      }
    }
    guard !digits.isEmpty else { throw ValueProblem("the phone number “\(shown(text))” has no digits") }
    return (digits, hasPlus)
  }

  private static func national(
    _ digits: String, _ country: CallingCodes.Country, _ text: String
  ) throws(ValueProblem) -> String {
    var number = digits[...]
    if !country.trunk.isEmpty, number.hasPrefix(country.trunk) {
      number = number.dropFirst(country.trunk.utf8.count)
    } else if number.utf8.count > country.lengths.upperBound, number.hasPrefix(country.code),
      country.lengths.contains(number.utf8.count - country.code.utf8.count)
    {
      // Too long to be anything but a number whose plus sign was left out.
      number = number.dropFirst(country.code.utf8.count)
    }
    guard country.lengths.contains(number.utf8.count) else {
      throw ValueProblem(
        "the phone number “\(shown(text))” has \(number.utf8.count) digits, which no number of \(country.iso) has"
      )
    }
    return try checked(country.code + number)
  }

  /// A number with its country's code, if it can exist. How long numbers are within a country is not asked here:
  /// who writes the whole number knows it.
  private static func checked(_ digits: String) throws(ValueProblem) -> String {
    guard CallingCodes.all.contains(where: digits.hasPrefix) else {
      throw ValueProblem("the phone number “+\(digits.prefix(20))” begins with no country's code")
    }
    guard (7...15).contains(digits.utf8.count) else {
      throw ValueProblem(
        "the phone number “+\(digits.prefix(20))” has \(digits.utf8.count) digits; 7 to 15 are possible")
    }
    return "+" + digits
  }

  private static func shown(_ text: String) -> String { VisibleText.of(String(text.prefix(40))) }
}
