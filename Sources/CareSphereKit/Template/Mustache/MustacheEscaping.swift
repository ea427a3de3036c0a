/// For what language the values of `{{name}}` are escaped; those of `{{{name}}}` and `{{&name}}` never are.
public enum MustacheEscaping: Sendable {
  /// Values stand as they are.
  case none
  /// `& < > "` as entities, as the Mustache specification has it.
  case html
  /// What would be markup of CommonMark or HTML is text; see ``MarkdownEscaper``.
  case markdown
  /// As within a string of JSON (RFC 8259, section 7).
  case json
}
