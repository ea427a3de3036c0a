/// A section of a page of the manual. Paragraphs of its text are separated by empty lines; a line that begins with two
/// spaces stays as it is.
public struct ManualSection: Sendable {
  /// The heading, in capitals.
  public var title: String
  /// Flowing text; empty where there is none.
  public var text: String
  /// Keys, or other terms, and what they mean; after the text.
  public var terms: [(term: String, text: String)]

  /// A section.
  public init(title: String, text: String = "", terms: [(term: String, text: String)] = []) {
    self.title = title
    self.text = text
    self.terms = terms
  }
}
