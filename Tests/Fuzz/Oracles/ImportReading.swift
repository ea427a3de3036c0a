import CareSphereKit
import TextFormats

/// What an import reader makes of some bytes.
struct ImportReading: Equatable {
  var headings: Headings?
  var records: [ImportRecord] = []
  /// What ended the reading early.
  var failure: CareError?

  /// - Parameter chunkSize: how many bytes the reader is given at a time.
  init(_ bytes: [UInt8], format: InputFormat, encoding: TextEncoding = .auto, chunkSize: Int = 4096) throws {
    var rest = bytes[...]
    let source = ByteSource(name: "people") { buffer in
      let count = min(buffer.count, rest.count, chunkSize)
      buffer.copyBytes(from: rest.prefix(count))
      rest = rest.dropFirst(count)
      return count
    }
    do {
      let reader = try RecordReaders.open(source, format: format, encoding: encoding, chunkSize: chunkSize)
      headings = reader.headings
      while let batch = try reader.nextBatch() { records += batch }
    } catch let error as CareError where error.code == .validation {
      failure = error
    }
  }

  /// The same bytes give the same records, however they come in.
  static func steady(
    _ bytes: [UInt8], format: InputFormat, encoding: TextEncoding = .auto
  ) throws -> ImportReading {
    let whole = try ImportReading(bytes, format: format, encoding: encoding)
    // Where a chunk ends matters near its end only; a long text has many anyway.
    let pieces = try ImportReading(
      bytes, format: format, encoding: encoding, chunkSize: bytes.count < 2048 ? 3 : 251)
    try require(whole == pieces, "read at once: \(whole)\nread in pieces: \(pieces)")
    return whole
  }

  var cells: [[String]] {
    records.compactMap { if case .cells(let cells) = $0.content { cells } else { nil } }
  }

  var objects: [JSONObject] {
    records.compactMap { if case .object(let object) = $0.content { object } else { nil } }
  }

  /// Makes people of the records, as an import does.
  /// - Returns: those of whom nothing is wrong.
  @discardableResult func drafts() throws -> [MemberDraft] {
    let mapper: RecordMapper
    do {
      mapper = try RecordMapper(
        headings: headings, options: MappingOptions(unmapped: .custom, blank: .clear), values: Self.values)
    } catch let error as CareError where [.validation, .usage].contains(error.code) {
      return []
    }
    var ignored = NameList()
    return try records.compactMap { record in
      switch mapper.draft(from: record, ignored: &ignored) {
      case .draft(let draft): return draft
      case .failure(let problems):
        try require(!problems.isEmpty, "line \(record.line) is refused without a reason")
        return nil
      }
    }
  }

  private static let values = MemberValues(clock: Moment.clock, source: .file(nil))
}

/// The day on which all oracles live.
enum Moment {
  static let now = Timestamp(secondsSinceEpoch: 1_763_029_800) ?? .max
  static let clock = Clock(now: now, zone: .utc)
}
