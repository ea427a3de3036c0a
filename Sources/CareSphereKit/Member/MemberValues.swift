import TextFormats

/// Why a value is refused, said so that whoever wrote it can put it right.
public struct ValueProblem: Error, Equatable, Sendable {
  /// Follows the name of the field: `is empty`. It may quote the value, control characters included.
  public var reason: String
  /// - Parameter reason: what is wrong, to be read after the name of the field: `is no date: write it as YYYY-MM-DD`.
  public init(_ reason: String) { self.reason = reason }
}

/// Turns what people and files write into the values that are stored, or says what is wrong with it:
/// one path for flags, request bodies and imported cells.
///
/// Every function takes the value as it was written and answers nil where that is empty. Fields of one
/// line lose white space at their ends and get the canonical composition (NFC); nothing else of a text
/// is changed, and only NUL is refused in it. Lengths count Unicode scalars.
public struct MemberValues: Sendable {
  /// Where values come from, which decides what a person can be told to do about a date.
  public enum Source: Equatable, Sendable {
    /// Flags and request bodies.
    case typed
    /// A file, whose dates are written in the order of `--date-order`; nil where it was not given.
    case file(DateOrder?)
  }

  let source: Source
  /// What typed times may be relative to.
  let now: Timestamp
  /// A birth lies on or before this day.
  let today: CalendarDate
  /// Times without an offset are of this zone.
  let zone: Zone

  /// - Parameters:
  ///   - clock: its real time settles what a date of birth may be, its zone what a bare time means.
  ///   - source: where the values come from.
  public init(clock: Clock, source: Source = .typed) {
    self.source = source
    self.now = clock.now
    self.today = clock.zone.date(clock.now)
    self.zone = clock.zone
  }

  /// Normalises `raw` and stores it in `draft`.
  /// - Parameter raw: the text of a cell or flag; lists are joined with `;`, `customFields` is JSON.
  /// - Returns: whether there was a value; where not, the draft's field is nil.
  /// - Throws: `ValueProblem` where the field cannot hold the value; the draft is then as before.
  public func set(
    _ field: MemberField, to raw: String, in draft: inout MemberDraft
  ) throws(ValueProblem) -> Bool {
    switch field {
    case .id: try put(uuid(raw), in: &draft.id)
    case .externalId: try put(line(raw, limit: 255), in: &draft.externalId)
    case .firstName: try put(line(raw, limit: 100), in: &draft.firstName)
    case .lastName: try put(line(raw, limit: 100), in: &draft.lastName)
    case .email: try put(email(raw), in: &draft.email)
    case .phone: try put(phone(raw), in: &draft.phone)
    case .dateOfBirth: try put(dateOfBirth(raw), in: &draft.dateOfBirth)
    case .gender: try put(gender(raw), in: &draft.gender)
    case .address: try put(line(raw), in: &draft.address)
    case .city: try put(line(raw, limit: 100), in: &draft.city)
    case .state: try put(line(raw, limit: 100), in: &draft.state)
    case .zipCode: try put(line(raw, limit: 20), in: &draft.zipCode)
    case .country: try put(line(raw, limit: 100), in: &draft.country)
    case .memberStatus: try put(status(raw), in: &draft.memberStatus)
    case .membershipType: try put(line(raw, limit: 50), in: &draft.membershipType)
    case .joinDate: try put(date(raw), in: &draft.joinDate)
    case .photoUrl: try put(photoURL(raw), in: &draft.photoUrl)
    case .notes: try put(notes(raw), in: &draft.notes)
    case .tags: try put(tags(cell: raw), in: &draft.tags)
    case .groups: try put(groups(cell: raw), in: &draft.groups)
    case .optOuts: try setConsents(channels(cell: raw), in: &draft)
    case .customFields: try put(customFields(json: raw), in: &draft.customFields)
    case .createdAt: try put(timestamp(raw), in: &draft.createdAt)
    case .updatedAt: try put(timestamp(raw), in: &draft.updatedAt)
    }
  }

  private func put<Value>(_ value: Value?, in target: inout Value?) -> Bool {
    target = value
    return value != nil
  }

  /// A list of the channels opted out of says of the others that they are not.
  private func setConsents(_ optOuts: [Channel]?, in draft: inout MemberDraft) -> Bool {
    guard let optOuts else { return false }
    draft.optOuts = optOuts
    draft.optIns = Channel.allCases.filter { !optOuts.contains($0) }
    return true
  }
}

// MARK: - Text

extension MemberValues {
  /// A text of one line: without white space at its ends, in NFC.
  /// - Parameter limit: the most Unicode scalars that it may have.
  public func line(_ raw: String, limit: Int = .max) throws(ValueProblem) -> String? {
    if MemberValues.isPlain(raw, limit: limit) { return raw }
    let text = Normalization.nfc(MemberValues.trimmed(raw))
    if text.isEmpty { return nil }
    try refuseNUL(text)
    try checkLength(text, limit: limit)
    return text
  }

  /// Notes, as they are.
  public func notes(_ raw: String) throws(ValueProblem) -> String? {
    if raw.isEmpty { return nil }
    try refuseNUL(raw)
    return raw
  }

  /// A web address: `http` or `https` with a host.
  public func photoURL(_ raw: String) throws(ValueProblem) -> String? {
    guard let text = try line(raw, limit: 500) else { return nil }
    let scheme = text.prefix { $0 != ":" }.lowercased()
    guard scheme == "http" || scheme == "https" else {
      throw ValueProblem("\(quoted(text)) is no web address: it has to begin with https:// or http://")
    }
    let rest = text.utf8.dropFirst(scheme.utf8.count)
    let host = rest.dropFirst(3).prefix { !"/?#".utf8.contains($0) }
    guard rest.starts(with: "://".utf8), !host.isEmpty else {
      throw ValueProblem("\(quoted(text)) names no host: write it as https://host/path")
    }
    if text.unicodeScalars.contains(where: \.properties.isWhitespace) {
      throw ValueProblem("\(quoted(text)) has a space in it: write a space as %20")
    }
    return text
  }

  /// A UUID (RFC 9562), in small letters.
  public func uuid(_ raw: String) throws(ValueProblem) -> String? {
    guard let text = try line(raw) else { return nil }
    let id = text.lowercased()
    guard UUIDText.isValid(id) else {
      throw ValueProblem(
        "\(quoted(text)) is no UUID; numbers of other programs belong in externalId")
    }
    return id
  }

  private func refuseNUL(_ text: String) throws(ValueProblem) {
    if text.utf8.contains(0) {
      throw ValueProblem("holds a NUL character, which no text can have: take it out")
    }
  }

  private func checkLength(_ text: String, limit: Int) throws(ValueProblem) {
    guard text.utf8.count > limit else { return }
    let length = text.unicodeScalars.count
    if length > limit {
      throw ValueProblem("has \(length) characters, at most \(limit) are allowed")
    }
  }

  /// The value as an error shows it: its beginning, in quotes. Whoever prints it makes control
  /// characters visible.
  func quoted(_ text: some StringProtocol) -> String {
    let start = text.unicodeScalars.index(
      text.startIndex, offsetBy: 60, limitedBy: text.endIndex)
    return start.map { $0 == text.endIndex ? "“\(text)”" : "“\(text[..<$0])…”" } ?? "“\(text)”"
  }

  /// Whether the text is ASCII without NUL, without white space at its ends, and short enough: nearly
  /// all are, and need no other look.
  static func isPlain(_ text: String, limit: Int) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { bytes in
      guard let first = bytes.first, let last = bytes.last, first > 0x20, last > 0x20,
        bytes.count <= limit
      else { return false }
      // NUL less one is 0xFF, so one bit tells both NUL and what is not ASCII.
      var high: UInt8 = 0
      for byte in bytes { high |= byte | (byte &- 1) }
      return high < 0x80
    } ?? false
  }

  /// The text without Unicode white space at its ends.
  static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last else { return text }
    if !isSpace(first) && !isSpace(last) { return text }
    let start = scalars.firstIndex { !isSpace($0) } ?? scalars.endIndex
    let end = scalars[start...].lastIndex { !isSpace($0) }
    return end.map { String(scalars[start...$0]) } ?? ""
  }

  /// Whether a text is empty or white space alone.
  static func isBlank(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(isSpace) }

  /// Unicode white space, without asking the tables about letters that are none.
  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20, 0x09...0x0D, 0x85, 0xA0: true
    case 0..<0x1680: false
    default: scalar.properties.isWhitespace
    }
  }

  /// The parts of a cell between bytes that are ASCII separators, empty ones included.
  static func split(_ cell: String, at isSeparator: (UInt8) -> Bool) -> [String] {
    let bytes = cell.utf8
    var parts: [String] = []
    var start = bytes.startIndex
    var index = start
    while index < bytes.endIndex {
      let next = bytes.index(after: index)
      if isSeparator(bytes[index]) {
        parts.append(String(cell[start..<index]))
        start = next
      }
      index = next
    }
    parts.append(String(cell[start...]))
    return parts
  }
}
