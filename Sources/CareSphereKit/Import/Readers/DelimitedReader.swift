import TextFormats

/// Reads CSV and TSV (RFC 4180), with the delimiters and line ends that spreadsheets write.
///
/// A row has as many cells as the heading row, or is a row error; a line without anything on it is
/// passed over. Line ends within quotes stay as they are.
final class DelimitedReader: RecordReader {
  let format: InputFormat
  let headings: Headings?
  let ignored: [String] = []
  let skippedEntries = 0
  var encoding: TextEncoding { source.decoder.encoding }

  private let source: TextSource
  private let tokenizer: DelimitedTokenizer
  private let width: Int
  /// The physical line on which the next row starts.
  private var line: Int
  private var batcher = RecordBatcher()

  /// Reads the headings.
  /// - Parameters:
  ///   - source: the file, at its beginning.
  ///   - format: `csv` for any delimiter, `tsv` for tabs, `auto` to name the file after its delimiter.
  /// - Throws: `.validation` where there is no heading row.
  init(_ source: TextSource, format: InputFormat) throws(CareError) {
    var heading = HeadingRow(source: source)
    let names = try heading.read(tabsOnly: format == .tsv)
    let isTabbed = heading.delimiter == UInt8(ascii: "\t")
    self.format = format == .auto ? (isTabbed ? .tsv : .csv) : format
    headings = names
    width = names.names.count
    line = heading.nextLine
    tokenizer = DelimitedTokenizer(delimiter: heading.delimiter, expectedCells: width)
    self.source = source
  }

  func nextBatch() throws -> [ImportRecord]? {
    try batcher.batch { (batch) throws(CareError) in
      while true {
        let used = try source.withText { (text) throws(CareError) in try takeRows(of: text, into: &batch) }
        source.consume(used)
        if batch.count == RecordBatcher.batchSize || (source.isComplete && source.count == 0) { return }
        try source.checkRecordSize(source.count, line: line)
        try source.refill(minimum: max(1, source.count))
      }
    }
  }

  /// Reads rows until the batch is full or the text ends.
  /// - Returns: how many bytes the rows took.
  private func takeRows(
    of text: UnsafeBufferPointer<UInt8>, into batch: inout [ImportRecord]
  ) throws(CareError) -> Int {
    var offset = 0
    while offset < text.count, batch.count < RecordBatcher.batchSize,
      let row = tokenizer.row(in: text, from: offset, isLast: source.isComplete)
    {
      if let defect = row.defect {
        let reason = try describe(defect, in: text, from: offset)
        batch.append(ImportRecord(line: line, content: .failure(reason: reason, cells: row.cells)))
      } else if row.cells.count == width, !row.isBlank {
        batch.append(ImportRecord(line: line, content: .cells(row.cells)))
      } else if !row.isBlank {
        batch.append(ImportRecord(line: line, content: ragged(row.cells)))
      }
      try source.checkRecordSize(row.end - offset, line: line)
      offset = row.end
      line += row.lines
    }
    return offset
  }

  private func ragged(_ cells: [String]) -> ImportRecord.Content {
    let count = cells.count == 1 ? "1 cell" : "\(cells.count) cells"
    return .failure(reason: "the row has \(count), the header has \(width)", cells: cells)
  }

  private func describe(
    _ defect: DelimitedTokenizer.Defect, in text: UnsafeBufferPointer<UInt8>, from start: Int
  ) throws(CareError) -> String {
    func position(_ offset: Int) -> TextPosition {
      TextPosition(line: line).advanced(over: UnsafeBufferPointer(rebasing: text[start..<offset]))
    }
    switch defect {
    case .textAfterQuote(let offset):
      let place = position(offset)
      return "text after a closing quote at line \(place.line), column \(place.column);"
        + " a quote inside a cell must be doubled"
    case .unclosedQuote(let offset):
      throw Self.unclosed(source, line: line, opening: position(offset))
    }
  }

  // MARK: Failures

  static func unclosed(_ source: TextSource, line: Int, opening: TextPosition) -> CareError {
    CareError.unreadable(
      source.name, line: line,
      "the quote that opens at line \(opening.line), column \(opening.column) is never closed")
  }
}

/// The beginning of a table: perhaps Excel's `sep=` line, perhaps blank lines, and the headings.
private struct HeadingRow {
  let source: TextSource
  private(set) var delimiter = UInt8(ascii: "\t")
  private(set) var nextLine = 1

  init(source: TextSource) { self.source = source }

  mutating func read(tabsOnly: Bool) throws(CareError) -> Headings {
    var isDeclared = tabsOnly
    while true {
      if !isDeclared { delimiter = try whole { DelimiterDetection.delimiter(of: $0, isLast: $1) } }
      let tokenizer = DelimitedTokenizer(delimiter: delimiter)
      let row = try whole { (text, isLast) in tokenizer.row(in: text, from: 0, isLast: isLast) }
      let line = nextLine
      try check(row)
      source.consume(row.end)
      nextLine += row.lines
      if line == 1, !isDeclared, let declared = declaration(row) {
        delimiter = declared
        isDeclared = true
      } else if !row.isBlank {
        return Headings(line: line, names: row.cells)
      }
    }
  }

  /// `sep=;` is one cell, unless its delimiter was found out by counting: then two.
  private func declaration(_ row: DelimitedTokenizer.Row) -> UInt8? {
    if row.cells.count == 2 && row.cells[1].isEmpty {
      return DelimiterDetection.declared(by: row.cells[0] + String(Unicode.Scalar(delimiter)))
    }
    return row.cells.count == 1 ? DelimiterDetection.declared(by: row.cells[0]) : nil
  }

  private func whole<Answer>(
    _ question: (UnsafeBufferPointer<UInt8>, Bool) -> Answer?
  ) throws(CareError) -> Answer {
    let answer = try source.ask(line: nextLine) { text, isLast in text.isEmpty ? nil : question(text, isLast)
    }
    guard let answer else {
      throw CareError(.validation, "\(source.name) is empty", hint: "a table begins with a row of headings")
    }
    return answer
  }

  private func check(_ row: DelimitedTokenizer.Row) throws(CareError) {
    switch row.defect {
    case nil: return
    case .unclosedQuote(let offset):
      throw DelimitedReader.unclosed(source, line: nextLine, opening: position(offset))
    case .textAfterQuote(let offset):
      let place = position(offset)
      throw CareError.unreadable(
        source.name, line: nextLine,
        "text after a closing quote in the headings at line \(place.line), column \(place.column)")
    }
  }

  private func position(_ offset: Int) -> TextPosition {
    source.withText { text in
      TextPosition(line: nextLine).advanced(over: UnsafeBufferPointer(rebasing: text[..<offset]))
    }
  }
}
