import TextFormats

/// A mistake in a filter expression.
struct FilterProblem: Error, Equatable {
  /// In Unicode scalars, from 1; nil where there is no text to point at.
  var column: Int?
  var reason: String
  var hint: String?

  init(column: Int?, reason: String, hint: String? = nil) {
    self.column = column
    self.reason = reason
    self.hint = hint
  }
}

/// Says what is wrong with a filter expression, and where.
enum FilterReport {
  /// The scalars of the expression shown before and after the place.
  private static let reach = 30

  /// The error for one or more mistakes; the first decides the hint, and its place is shown.
  /// - Parameters:
  ///   - problems: at least one.
  ///   - source: the expression; nil where it was not typed.
  ///   - group: the dynamic group whose expression it is.
  static func error(_ problems: [FilterProblem], in source: String?, ofGroup group: String? = nil)
    -> CareError
  {
    let first = problems.first ?? FilterProblem(column: nil, reason: "the filter is wrong")
    var message = group.map { "in the filter of group “\(VisibleText.of($0))”: " } ?? ""
    message += describe(first)
    var lines: [String] = []
    if let column = first.column, let source { lines = excerpt(of: source, at: column) }
    let details: CareError.Details =
      problems.count > 1
      ? .fields(problems.map { .init($0.column.map { "column \($0)" } ?? "filter", $0.reason) }) : .none
    return CareError(.validation, message, hint: first.hint, details: details, excerpt: lines)
  }

  private static func describe(_ problem: FilterProblem) -> String {
    (problem.column.map { "column \($0): " } ?? "") + problem.reason
  }

  /// The part of the expression around the place, and under it a mark.
  private static func excerpt(of source: String, at column: Int) -> [String] {
    let scalars = Array(source.unicodeScalars)
    let place = min(max(column - 1, 0), scalars.count)
    let (start, end) = (max(0, place - reach), min(scalars.count, place + reach))
    let before = (start > 0 ? "…" : "") + visible(scalars[start..<place])
    let after = visible(scalars[place..<end]) + (end < scalars.count ? "…" : "")
    let indent = String(repeating: " ", count: DisplayWidth.of(before))
    return ["  \(before)\(after)", "  \(indent)^"]
  }

  private static func visible(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return VisibleText.of(String(view))
  }
}
