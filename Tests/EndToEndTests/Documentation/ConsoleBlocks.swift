import Foundation

/// The commands of a Markdown file's `console` blocks, with the output that is shown of each.
struct ConsoleStep: Sendable {
  let line: Int
  var command: String
  var shown: [String]

  /// Reads them in their order. A command follows `$ `, its next lines `> `; what else there is up to
  /// the next command is its output.
  static func all(in markdown: String) -> [ConsoleStep] {
    var steps: [ConsoleStep] = []
    var inside = false
    for (index, text) in markdown.components(separatedBy: "\n").enumerated() {
      if text.hasPrefix("```") {
        inside = text == "```console"
      } else if inside, text.hasPrefix("$ ") {
        steps.append(ConsoleStep(line: index + 1, command: String(text.dropFirst(2)), shown: []))
      } else if inside, !steps.isEmpty {
        if text.hasPrefix("> ") {
          steps[steps.count - 1].command += "\n" + text.dropFirst(2)
        } else {
          steps[steps.count - 1].shown.append(text)
        }
      }
    }
    return steps
  }

  /// Whether the output is the one shown; `…` in it stands for anything, a line `…` for any lines.
  func agrees(with lines: [String]) -> Bool { Self.match(shown[...], lines[...]) }

  private static func match(_ shown: ArraySlice<String>, _ lines: ArraySlice<String>) -> Bool {
    guard let first = shown.first else { return lines.isEmpty }
    if first == "…" {
      return (lines.startIndex...lines.endIndex).contains { match(shown.dropFirst(), lines[$0...]) }
    }
    guard let line = lines.first, matches(first, line) else { return false }
    return match(shown.dropFirst(), lines.dropFirst())
  }

  private static func matches(_ pattern: String, _ line: String) -> Bool {
    let parts = pattern.components(separatedBy: "…")
    var rest = line[...]
    for (index, part) in parts.enumerated() {
      if index == 0 {
        guard rest.hasPrefix(part) else { return false }
        rest = rest.dropFirst(part.count)
      } else if index == parts.count - 1 {
        return rest.hasSuffix(part)
      } else if part.isEmpty {
        continue
      } else {
        guard let range = rest.range(of: part) else { return false }
        rest = rest[range.upperBound...]
      }
    }
    return rest.isEmpty
  }
}
