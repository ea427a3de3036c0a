/// How other programs write several things into one cell.
enum SourceFormats {
  /// The first of the values that Google joins with ` ::: `.
  static func firstValue(_ cell: String) -> String {
    guard cell.utf8.contains(UInt8(ascii: ":")) else { return cell }
    return splitGoogle(cell).first { !MemberValues.isBlank($0) } ?? ""
  }

  /// Google's labels: joined with ` ::: `, its own ones begin with `* `. `myContacts`, on everybody who
  /// was saved by hand, says nothing.
  static func googleLabels(_ cell: String) -> [String] {
    if cell == "* myContacts" || cell.isEmpty { return [] }
    return splitGoogle(cell).compactMap { piece in
      let label = withoutStar(piece)
      return label == "myContacts" || Heading.key(label) == "mycontacts" ? nil : label
    }
  }

  /// What Google's label of a phone says.
  static func phoneKind(_ label: String) -> PhoneKind {
    switch label {
    case "Mobile", "* Mobile": return .mobile
    case "Home", "* Home": return .home
    case "Work", "* Work": return .work
    case "", "Main", "Other", "* Main", "* Other": return .other
    default: break
    }
    let key = Heading.key(withoutStar(firstValue(label)))
    if key.contains("fax") || key == "pager" { return .fax }
    if ["mobile", "cell", "iphone", "handy"].contains(where: key.contains) { return .mobile }
    if key.contains("home") { return .home }
    if key.contains("work") || key.contains("business") { return .work }
    return .other
  }

  private static func splitGoogle(_ cell: String) -> [String] {
    let bytes = cell.utf8
    let separator = " ::: ".utf8
    var pieces: [String] = []
    var start = bytes.startIndex
    var index = start
    while let space = bytes[index...].firstIndex(of: UInt8(ascii: " ")) {
      index = bytes.index(after: space)
      if bytes[space...].starts(with: separator) {
        pieces.append(String(cell[start..<space]))
        start = bytes.index(space, offsetBy: separator.count)
        index = start
      }
    }
    pieces.append(String(cell[start...]))
    return pieces
  }

  private static func withoutStar(_ label: String) -> String {
    let label = MemberValues.trimmed(label)
    return label.hasPrefix("* ") ? MemberValues.trimmed(String(label.dropFirst(2))) : label
  }

  /// Whether Outlook wrote a colleague's path in its directory, `/o=Company/ou=…`, for an address.
  static func isDirectoryPath(_ address: String) -> Bool {
    address.utf8.first == UInt8(ascii: "/") && address.lowercased().hasPrefix("/o=")
  }

  /// Mailchimp's tags: a line of CSV in the cell, every tag in quotes.
  static func mailchimpTags(_ cell: String) -> [String] {
    var tags: [String] = []
    var tag = String.UnicodeScalarView()
    var isQuoted = false
    var previous: Unicode.Scalar?
    for scalar in cell.unicodeScalars {
      switch scalar {
      case "\"":
        // Two quotes within quotes are one that belongs to the tag.
        if !isQuoted && previous == "\"" { tag.append(scalar) }
        isQuoted.toggle()
      case ",", ";":
        if isQuoted {
          tag.append(scalar)
        } else {
          tags.append(String(tag))
          tag.removeAll()
        }
      default: tag.append(scalar)
      }
      previous = scalar
    }
    tags.append(String(tag))
    return tags
  }

  /// The parts of a postal address that Mailchimp writes into one cell, two spaces between them.
  struct PostalAddress: Equatable {
    var address: String
    var city: String
    var state: String
    var zipCode: String
    var country: String
  }

  /// - Returns: nil where the text does not have the parts that Mailchimp writes.
  static func mailchimpAddress(_ cell: String) -> PostalAddress? {
    let text = MemberValues.trimmed(cell)
    var parts = splitAtDoubleSpaces(text).map(MemberValues.trimmed).filter { !$0.isEmpty }
    guard (4...6).contains(parts.count) else { return nil }
    var country = ""
    if let last = parts.last, last.utf8.count == 2, last.utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }) {
      country = last
      parts.removeLast()
    }
    guard parts.count >= 4 else { return nil }
    let zipCode = parts.removeLast()
    let state = parts.removeLast()
    let city = parts.removeLast()
    return PostalAddress(
      address: parts.joined(separator: ", "), city: city, state: state, zipCode: zipCode, country: country)
  }

  private static func splitAtDoubleSpaces(_ text: String) -> [String] {
    var pieces: [String] = []
    var piece = String.UnicodeScalarView()
    var spaces = 0
    for scalar in text.unicodeScalars {
      if scalar == " " {
        spaces += 1
        continue
      }
      if spaces > 1 {
        pieces.append(String(piece))
        piece.removeAll()
      } else if spaces == 1 {
        piece.append(" ")
      }
      spaces = 0
      piece.append(scalar)
    }
    pieces.append(String(piece))
    return pieces
  }
}
