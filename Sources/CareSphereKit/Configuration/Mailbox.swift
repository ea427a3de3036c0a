/// An address with the name that is shown with it (`mailbox` of RFC 5322, section 3.4).
public struct Mailbox: Equatable, Sendable {
  /// Without quotation marks; any script.
  public var name: String?
  /// `local@domain`; where it was read from a text, the domain is in small letters.
  public var address: String

  /// An address, with the name that is shown in its place where there is one.
  public init(name: String? = nil, address: String) {
    self.name = name
    self.address = address
  }

  /// Reads `office@grace.example` or `Grace Church <office@grace.example>`, the name with or without quotation marks.
  /// - Throws: `ValueProblem` for anything else
  public init(parsing text: String) throws(ValueProblem) {
    let trimmed = MemberValues.trimmed(text)
    guard trimmed.last == ">", let open = trimmed.lastIndex(of: "<") else {
      self.init(address: try Self.address(trimmed))
      return
    }
    let address = trimmed[trimmed.index(after: open)...].dropLast()
    let name = Self.unquoted(MemberValues.trimmed(String(trimmed[..<open])))
    if name.contains("<") || name.contains(">") { throw ValueProblem("has more than one address in it") }
    self.init(name: name.isEmpty ? nil : name, address: try Self.address(String(address)))
  }

  private static func address(_ text: String) throws(ValueProblem) -> String {
    guard let address = try MemberValues(clock: Clock(zone: .utc)).email(text) else {
      throw ValueProblem("must be an address such as office@grace.example")
    }
    return address
  }

  private static func unquoted(_ text: String) -> String {
    guard text.count >= 2, text.first == "\"", text.last == "\"" else { return text }
    var name = ""
    var isEscaped = false
    for character in text.dropFirst().dropLast() {
      if character == "\\", !isEscaped {
        isEscaped = true
      } else {
        name.append(character)
        isEscaped = false
      }
    }
    return name
  }
}
