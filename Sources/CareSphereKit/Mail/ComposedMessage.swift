/// A message as one person gets it.
public struct ComposedMessage: Sendable {
  /// In one line; nil where there is none.
  public var subject: String?
  /// What a person reads without HTML: the text part of a mail, or the text itself. Lines end with a line feed.
  public var text: String?
  /// The HTML part of a mail; nil where it has none.
  public var html: String?
  /// The fields of a mail's header in their order, their values decoded and in one line; none of a text.
  public var headers: [(name: String, value: String)]
  /// What leaves.
  public var outgoing: Outgoing
  /// Of an SMS: how many parts it takes (3GPP TS 23.038); nil of everything else.
  public var segments: Int?

  init(
    subject: String? = nil, text: String?, html: String? = nil, headers: [(name: String, value: String)] = [],
    outgoing: Outgoing, segments: Int? = nil
  ) {
    self.subject = subject
    self.text = text
    self.html = html
    self.headers = headers
    self.outgoing = outgoing
    self.segments = segments
  }
}
