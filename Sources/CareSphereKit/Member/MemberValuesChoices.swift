import TextFormats

// MARK: - Choices

extension MemberValues {
  /// A gender by its usual spellings; nil also for those that say it is not known.
  public func gender(_ raw: String) throws(ValueProblem) -> Gender? {
    if let gender = Gender(rawValue: raw) { return gender }
    guard let text = try line(raw) else { return nil }
    switch MemberValues.key(text) {
    case "m", "male", "man", "boy", "masculine": return .male
    case "f", "female", "w", "woman", "girl", "feminine": return .female
    case "o", "other", "x", "nb", "nonbinary", "diverse", "enby", "genderqueer", "genderfluid", "agender":
      return .other
    case "prefernottosay", "prefernottoanswer", "prefernottodisclose", "prefernottoshare", "rathernotsay",
      "notdisclosed", "undisclosed", "declined", "declinetoanswer", "declinetostate", "declinetosay":
      return .preferNotToSay
    case "u", "unknown", "unspecified", "notspecified", "undefined", "notset", "none", "n/a", "na", "?", "":
      return nil
    default: throw notAmong(Gender.allCases.map(\.rawValue), text)
    }
  }

  /// A member's status by its usual spellings.
  public func status(_ raw: String) throws(ValueProblem) -> MemberStatus? {
    if let status = MemberStatus(rawValue: raw) { return status }
    guard let text = try line(raw) else { return nil }
    switch MemberValues.key(text) {
    case "active", "current": return .active
    case "inactive", "notactive", "nonactive", "former": return .inactive
    case "pending": return .pending
    case "archived", "archive": return .archived
    case "unknown", "unspecified", "n/a", "none", "": return nil
    default: throw notAmong(MemberStatus.allCases.map(\.rawValue), text)
    }
  }

  /// Yes or no, as files write it in a column that is ticked or not.
  public func boolean(_ raw: String) throws(ValueProblem) -> Bool? {
    guard let text = try line(raw) else { return nil }
    switch CaseFolding.fold(text) {
    case "true", "yes", "y", "t", "1", "x", "✓", "✔", "☑": return true
    case "false", "no", "n", "f", "0", "☐": return false
    default: throw ValueProblem("\(quoted(text)) is neither yes (true, yes, 1, x) nor no (false, no, 0)")
    }
  }

  /// A channel, by its name.
  public func channel(_ raw: String) throws(ValueProblem) -> Channel? {
    guard let text = try line(raw) else { return nil }
    guard let channel = Channel(rawValue: MemberValues.key(text)) else {
      throw notAmong(Channel.allCases.map(\.rawValue), text)
    }
    return channel
  }

  /// The error for a value that is none of `choices`; it lists them.
  func notAmong(_ choices: [String], _ text: String) -> ValueProblem {
    let list = choices.dropLast().joined(separator: ", ")
    let nearest = EditDistance.nearest(to: text, in: choices).map { "; did you mean \($0)?" } ?? ""
    return ValueProblem("\(quoted(text)) is none of \(list) or \(choices.last ?? "")\(nearest)")
  }

  /// The letters by which spellings are told apart: no case, no spaces, no `_`, no hyphens.
  private static func key(_ text: String) -> String {
    let folded = CaseFolding.fold(text).unicodeScalars
    return String(
      String.UnicodeScalarView(
        folded.filter { $0 != "_" && $0 != "-" && $0 != "\u{2011}" && !$0.properties.isWhitespace }))
  }
}
