import TextFormats

extension ImportRecord {
  /// The record that a JSON value is: an object, or a row error that says why it is none.
  init(_ value: JSONCursor.Value) {
    line = value.position.line
    switch value.parsed {
    case .success(.object(let object)):
      content = .object(object)
    case .success(let other):
      let reason = "a record must be an object, not \(other.kindInWords)"
      content = .failure(reason: reason, cells: [JSONWriter.string(other)])
    case .failure(let error):
      let place = error.position.line == line ? "" : "line \(error.position.line), "
      let reason = "\(place)column \(error.position.column): \(error.message)"
      content = .failure(reason: reason, cells: [value.text])
    }
  }
}
