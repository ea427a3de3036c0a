import TextFormats

/// Domains with letters beyond ASCII, as the domain name system knows them (RFC 5891).
enum InternationalDomain {
  /// The domain with A-labels (`xn--…`) in place of its labels that are not ASCII, in small letters.
  /// - Throws: `ValueProblem` where a label or the whole is longer than the domain name system takes.
  static func ascii(_ domain: some StringProtocol) throws(ValueProblem) -> String {
    let normal = Normalization.nfc(domain.lowercased())
    var labels: [String] = []
    for label in normal.unicodeScalars.split(omittingEmptySubsequences: false, whereSeparator: isDot) {
      labels.append(try asciiLabel(String(label)))
    }
    let ascii = labels.joined(separator: ".")
    guard ascii.utf8.count <= 253 else { throw ValueProblem("has a domain of more than 253 characters") }
    return ascii
  }

  private static func asciiLabel(_ label: String) throws(ValueProblem) -> String {
    if label.isEmpty { throw ValueProblem("has a dot too many in its domain") }
    let isASCII = label.utf8.allSatisfy { $0 < 0x80 }
    guard let ascii = isASCII ? label : Punycode.encode(label).map({ "xn--" + $0 }), ascii.utf8.count <= 63
    else { throw ValueProblem("has a domain part of more than 63 characters") }
    return ascii
  }

  /// The full stops of ideographic scripts count as the one of ASCII (UTS 46).
  private static func isDot(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "." || scalar == "\u{3002}" || scalar == "\u{FF0E}" || scalar == "\u{FF61}"
  }
}
