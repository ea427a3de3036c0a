/// One content line of a vCard (RFC 6350 section 3.3): `group.NAME;PARAMETER=value:value`.
struct VCardProperty: Equatable {
  /// The group before the name, as in `item1.EMAIL`.
  var group: String?
  /// In capitals.
  var name: String
  /// Names in capitals; values without their quotes, as they are spelled.
  var parameters: [(name: String, values: [String])]
  /// What stands behind the colon, still escaped.
  var value: String

  static func == (left: Self, right: Self) -> Bool {
    left.group == right.group && left.name == right.name && left.value == right.value
      && left.parameters.elementsEqual(right.parameters) { $0.name == $1.name && $0.values == $1.values }
  }

  /// Reads an unfolded content line.
  /// - Returns: nil where it has no name or no colon.
  init?(_ line: String) {
    let bytes = Array(line.utf8)
    guard let parts = Self.head(bytes), let first = parts.pieces.first else { return nil }
    let names = first.split(separator: ".", omittingEmptySubsequences: false)
    guard let last = names.last, !last.isEmpty else { return nil }
    group = names.count > 1 ? String(first.dropLast(last.count + 1)) : nil
    name = last.uppercased()
    parameters = parts.pieces.dropFirst().map(Self.parameter)
    value = String(decoding: bytes[parts.valueStart...], as: UTF8.self)
  }

  /// The values of a parameter, in small letters, wherever it stands.
  func values(of parameter: String) -> [String] {
    parameters.filter { $0.name == parameter }.flatMap(\.values).map { $0.lowercased() }
  }

  /// How much the property is preferred: 1 most, 100 least, 101 where nothing is said. Version 4 says it
  /// by `PREF=1`, version 3 by `TYPE=pref`, version 2.1 by `PREF` alone.
  var preference: Int {
    if values(of: "TYPE").contains("pref") { return 1 }
    return values(of: "PREF").compactMap { Int($0) }.first.map { min(max($0, 1), 100) } ?? 101
  }

  /// Cuts what stands before the colon at its semicolons, both where they are not in quotes.
  private static func head(_ bytes: [UInt8]) -> (pieces: [String], valueStart: Int)? {
    var pieces: [String] = []
    var start = 0
    var isQuoted = false
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ";") where !isQuoted, UInt8(ascii: ":") where !isQuoted:
        pieces.append(String(decoding: bytes[start..<index], as: UTF8.self))
        start = index + 1
        if byte == UInt8(ascii: ":") { return (pieces, start) }
      default: break
      }
    }
    return nil
  }

  private static let encodings: Set<String> = ["QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT", "B"]

  /// A parameter without a name is a type or an encoding, as version 2.1 has them.
  private static func parameter(_ text: String) -> (name: String, values: [String]) {
    guard let equals = text.firstIndex(of: "=") else {
      let name = encodings.contains(text.uppercased()) ? "ENCODING" : "TYPE"
      return (name, [text])
    }
    let list = text[text.index(after: equals)...]
    // Quotes may be around one value or around a whole list (`TYPE="cell,voice"`), which means the same.
    let values = list.split(separator: ",").map { value in
      String(value.drop { $0 == "\"" || $0 == " " }.reversed().drop { $0 == "\"" || $0 == " " }.reversed())
    }
    return (text[..<equals].uppercased(), values)
  }
}
