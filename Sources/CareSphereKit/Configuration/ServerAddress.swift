/// A server as a URL names it (RFC 3986): what connects to it needs the parts, and a password is never one of them.
public struct ServerAddress: Equatable, Sendable {
  /// In small letters: `smtp`, `smtps`, `http`, `https`.
  public var scheme: String
  /// Who logs in, without percent encoding.
  public var user: String?
  /// A name or an address; an IPv6 address without its brackets.
  public var host: String
  /// As it is written, else that of the scheme.
  public var port: Int
  /// Path and query as they are written, from the slash on; "" where there is none.
  public var target: String

  /// Whether the host is this machine, which no network lies in between.
  public var isLoopback: Bool {
    if host == "localhost" || host == "::1" || host.hasSuffix(".localhost") { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return numbers.count == 4 && numbers[0] == 127 && !numbers.contains(nil)
  }

  /// The URL without the user.
  public var url: String {
    "\(scheme)://" + (host.contains(":") ? "[\(host)]" : host) + ":\(port)" + target
  }

  /// Reads a URL.
  /// - Parameters:
  ///   - url: what is written; it is in no error, for it may hold a password.
  ///   - ports: the schemes that are possible here, with their ports.
  /// - Throws: `ValueProblem` for what is none, or has a password in it
  init(parsing url: String, ports: [(scheme: String, port: Int)]) throws(ValueProblem) {
    let example = "must be a URL such as \(ports.first?.scheme ?? "")://host"
    guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let colon = url.firstIndex(of: ":"),
      url[colon...].hasPrefix("://")
    else { throw ValueProblem(example) }
    let written = url[..<colon].lowercased()
    guard let known = ports.first(where: { $0.scheme == written }) else {
      let schemes = ports.map { $0.scheme + "://" }
      throw ValueProblem("must begin with \(ConfigurationText.alternatives(schemes))")
    }
    let rest = url[colon...].dropFirst(3)
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    target = String(rest.dropFirst(authority.count).prefix { $0 != "#" })
    scheme = written
    var place = authority
    if let at = authority.lastIndex(of: "@") {
      user = try Self.user(authority[..<at])
      place = authority[authority.index(after: at)...]
    }
    (host, port) = try Self.place(place, port: known.port, example)
  }

  private static func user(_ text: Substring) throws(ValueProblem) -> String {
    if text.contains(":") { throw ValueProblem("has a password in it, which belongs in a file of mode 0600") }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
      guard digits.count == 2 else {
        throw ValueProblem("has a % without two hexadecimal digits in its user")
      }
      bytes.append(UInt8(digits[0] << 4 | digits[1]))
      rest = rest.dropFirst(2)
    }
    guard let user = String(validating: bytes, as: UTF8.self), !user.isEmpty,
      ConfigurationText.problem(with: user, isMultiline: false) == nil
    else { throw ValueProblem("has a user that is no text") }
    return user
  }

  private static func place(
    _ text: Substring, port standard: Int, _ example: String
  ) throws(ValueProblem) -> (host: String, port: Int) {
    var host = text
    var port: Substring?
    if text.first == "[" {
      guard let end = text.firstIndex(of: "]") else { throw ValueProblem("has a [ without ] in it") }
      host = text[text.index(after: text.startIndex)..<end]
      let rest = text[text.index(after: end)...]
      guard rest.isEmpty || rest.first == ":", host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }),
        host.contains(":")
      else { throw ValueProblem("has no IPv6 address in its brackets") }
      port = rest.isEmpty ? nil : rest.dropFirst()
    } else if let colon = text.firstIndex(of: ":") {
      host = text[..<colon]
      port = text[text.index(after: colon)...]
    }
    let isName = text.first == "[" || host.allSatisfy { $0.isLetter || $0.isNumber || "-._".contains($0) }
    guard !host.isEmpty, isName else { throw ValueProblem(example) }
    guard let port, !port.isEmpty else { return (host.lowercased(), standard) }
    guard port.allSatisfy(\.isNumber), let number = Int(port), (1...65_535).contains(number) else {
      throw ValueProblem("has a port that is no number from 1 to 65535")
    }
    return (host.lowercased(), number)
  }
}
