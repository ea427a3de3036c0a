import CareSphereKit
import Testing
import TextFormats

/// A template, what it is given, and what is to come of it.
struct MustacheCase: Sendable, CustomTestStringConvertible {
  var rule: String
  var template: String
  var data: JSONValue = [:]
  var partials: [String: String] = [:]
  var expected: String

  init(
    _ rule: String, _ template: String, _ data: JSONValue = [:], partials: [String: String] = [:],
    gives expected: String
  ) {
    self.rule = rule
    self.template = template
    self.data = data
    self.partials = partials
    self.expected = expected
  }

  var testDescription: String { rule }

  /// What comes of it where values are escaped for HTML.
  func rendered() throws -> String { try Mustache.render(template, data, partials: partials) }
}

enum Mustache {
  /// Fills in a template from data alone.
  static func render(
    _ template: String, _ data: JSONValue = [:], partials: [String: String] = [:], escapesHTML: Bool = true
  ) throws -> String {
    try MustacheProgram(
      MustacheTemplate(template), context: MustacheContext(data: data), escaping: escapesHTML ? .html : .none
    ) { try partials[$0].map { try MustacheTemplate($0) } }.render([])
  }
}
