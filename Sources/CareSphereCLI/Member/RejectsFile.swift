import CareSphereKit
import CommandLineKit
import TextFormats

/// The file of `--rejects`: bad rows with their original columns, their line and what is wrong. Rows of a
/// table are written as CSV, anything else as JSON Lines.
final class RejectsFile {
  private let file: AtomicFile
  private let headings: Headings?
  private let writer: CSVRecordWriter?

  /// - Throws: `FileExists`, `OutputError`
  init(path: String, headings: Headings?, force: Bool) throws {
    let file = try AtomicFile(path: path, force: force)
    self.file = file
    self.headings = headings
    // The cells go back as they came: what import took for a formula guard is still there.
    writer = headings.map {
      CSVRecordWriter(
        file.stream, columns: ($0.names + RejectColumn.allCases.map(\.rawValue)).map { Column($0) },
        style: .init(delimiter: UInt8(ascii: ","), headers: true, raw: true))
    }
    try writer?.begin()
  }

  /// Adds a bad row.
  func add(_ record: ImportRecord, _ problems: [CareError.LineProblem]) throws {
    let reason = problems.map { ($0.field.map { $0 + " " } ?? "") + $0.message }.joined(separator: "; ")
    switch record.content {
    case .cells(let cells): try add(cells, record.line, reason)
    case .failure(_, let cells): try add(cells, record.line, reason)
    case .object(var object):
      object["line"] = .integer(record.line)
      object["reason"] = .string(reason)
      try file.stream.append(JSONWriter.string(.object(object)) + "\n")
    }
  }

  private func add(_ cells: [String], _ line: Int, _ reason: String) throws {
    guard let writer, let headings else {
      let object = JSONObject([
        ("text", .string(cells.joined())), ("line", .integer(line)), ("reason", .string(reason)),
      ])
      return try file.stream.append(JSONWriter.string(.object(object)) + "\n")
    }
    let width = headings.names.count
    try writer.beginRecord()
    for index in 0..<width {
      // What there is too much of goes into the last cell, so that the two new columns keep their place.
      let isLast = index == width - 1 && cells.count > width
      let cell = isLast ? cells[index...].joined(separator: ",") : index < cells.count ? cells[index] : ""
      try writer.text(cell)
    }
    try writer.integer(line)
    try writer.text(reason)
    try writer.endRecord()
  }

  /// Puts the file in its place.
  func commit() throws {
    try writer?.end(nil)
    try file.commit()
  }
}
