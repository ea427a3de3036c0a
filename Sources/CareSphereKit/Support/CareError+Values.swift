extension CareError {
  /// Some of the values that were given are wrong.
  /// - Parameters:
  ///   - problems: at least one.
  ///   - excerpt: the place of a mistake in one of them.
  static func wrongValues(_ problems: [FieldProblem], excerpt: [String] = []) -> CareError {
    let summary = problems.count == 1 ? "a value is wrong" : "\(problems.count) values are wrong"
    return CareError(.validation, summary, details: .fields(problems), excerpt: excerpt)
  }

  /// A value is given in two ways.
  /// - Parameter name: the field or setting.
  static func givenTwice(_ name: String) -> CareError {
    CareError(.usage, "\(name) is given twice", hint: "say once what it is to be")
  }

  /// The message with its single problems, in one line.
  var reason: String {
    let problems: [String] =
      switch details {
      case .none: []
      case .fields(let problems):
        problems.map { $0.field.isEmpty ? $0.reason : "\($0.field) \($0.reason)" }
      case .lines(let problems): problems.map { "line \($0.line): \($0.message)" }
      }
    return problems.isEmpty ? message : "\(message): \(problems.joined(separator: "; "))"
  }
}
