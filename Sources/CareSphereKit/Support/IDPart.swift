import TextFormats

/// A part of an id, as people write it: four or more characters of its beginning or end.
struct IDPart {
  /// Nothing but lowercase hexadecimal digits and dashes, so that no character of it is a wildcard of LIKE.
  let text: String

  /// - Returns: nil where a text is too short or no part of an id.
  init?(_ text: String) {
    let text = CaseFolding.fold(text)
    let isPart = text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) || $0 == 45 }
    guard isPart, text.utf8.count >= 4 else { return nil }
    self.text = text
  }

  /// SQL that holds for rows whose `id` begins or ends with the first argument.
  static let condition = "(id LIKE ?1 || '%' OR id LIKE '%' || ?1)"
}
