import TextFormats

/// A failure as it is told to a person or a script. It is made of plain parts, because this layer knows no errors of
/// its callers.
public struct ErrorReport: Sendable, Equatable {
  /// The error's name in the contract: `NOT_FOUND`.
  public var code: String
  /// One sentence.
  public var message: String
  /// Lines to show below it as they are, already made visible.
  public var excerpt: [String]
  /// What to do next.
  public var hint: String?
  /// The single problems, each on a line of its own: `line 3, email: is no address`.
  public var problems: [String]
  /// The single problems as the envelope has them; null where there are none.
  public var details: JSONValue

  /// - Parameters:
  ///   - code: the error's name in the contract: `NOT_FOUND`.
  ///   - message: one sentence.
  ///   - excerpt: lines to show below it as they are, already made visible.
  ///   - hint: what to do next.
  ///   - problems: the single problems, for people.
  ///   - details: the single problems, for scripts.
  public init(
    code: String, message: String, excerpt: [String] = [], hint: String? = nil, problems: [String] = [],
    details: JSONValue = .null
  ) {
    self.code = code
    self.message = message
    self.excerpt = excerpt
    self.hint = hint
    self.problems = problems
    self.details = details
  }
}

extension Console {
  /// Reports a failure on stderr, `--quiet` or not.
  /// - Parameters:
  ///   - report: what went wrong.
  ///   - usage: the usage lines to show with a wrong command line.
  ///   - envelope: for `json` and `jsonl`, whose last line on stderr is the envelope; nil for people.
  public func report(_ report: ErrorReport, usage: String? = nil, envelope: Envelope?) {
    if let envelope {
      // A hint may name what a script looks for, too; the reasons of single fields need none.
      var details = report.details
      if details == .null, let hint = report.hint { details = ["hint": .string(hint)] }
      let failure = envelope.failure(code: report.code, message: report.message, details: details)
      return say(JSONWriter.string(failure))
    }
    let isColored = usesColor(on: error)
    let name = isColored ? "\u{1B}[1;31m\(program):\u{1B}[m" : "\(program):"
    var lines = ["\(name) \(visible(report.message))"]
    lines += report.excerpt
    lines += report.problems.map { "  " + visible($0) }
    if let hint = report.hint { lines.append("hint: " + visible(hint)) }
    if let usage { lines += ["", usage] }
    say(lines.joined(separator: "\n"))
  }
}
