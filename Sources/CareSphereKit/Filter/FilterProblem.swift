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
  /// The scalars of the expression shown before and after the first place.
  private static let reach = 30

  /// The error for one or more mistakes. The first has its hint told, and the expression around it shown
  /// with a mark under every mistake in sight.
  /// - Parameters:
  ///   - problems: at least one.
  ///   - source: the expression; nil where it was not typed.
  ///   - group: the dynamic group whose expression it is.
  static func error(_ problems: [FilterProblem], in source: String?, ofGroup group: String? = nil)
    -> CareError
  {
    let place = group.map { "in the filter of group “\(VisibleText.of($0))”: " } ?? ""
    let columns = problems.compactMap(\.column)
    let excerpt = source.map { FilterReport.excerpt(of: $0, marking: columns) } ?? []
    guard let first = problems.first, problems.count > 1 else {
      let problem = problems.first ?? FilterProblem(column: nil, reason: "the filter is wrong")
      let column = problem.column.map { "column \($0): " } ?? ""
      return CareError(
        .validation, place + column + problem.reason, hint: problem.hint, excerpt: excerpt)
    }
    let details = problems.map { problem in
      CareError.FieldProblem(problem.column.map { "column \($0)" } ?? "filter", problem.reason)
    }
    return CareError(
      .validation, "\(place)the filter has \(problems.count) mistakes", hint: first.hint,
      details: .fields(details), excerpt: excerpt)
  }

  /// The part of the expression around the first column, and a line with the marks.
  private static func excerpt(of source: String, marking columns: [Int]) -> [String] {
    guard let first = columns.first else { return [] }
    let scalars = Array(source.unicodeScalars)
    let place = min(max(first - 1, 0), scalars.count)
    let (start, end) = (max(0, place - reach), min(scalars.count, place + reach))
    let lead = start > 0 ? "…" : ""
    var marks = ""
    for column in columns.sorted() where start...end ~= column - 1 {
      let width = DisplayWidth.of(lead + visible(scalars[start..<column - 1]))
      if width >= marks.utf8.count { marks += String(repeating: " ", count: width - marks.utf8.count) + "^" }
    }
    let tail = end < scalars.count ? "…" : ""
    return ["  \(lead)\(visible(scalars[start..<end]))\(tail)", "  \(marks)"]
  }

  private static func visible(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return VisibleText.of(String(view))
  }
}
