import TextFormats

@testable import CareSphereKit

/// What a reader made of some bytes.
struct ReadResult: Equatable {
  var format: InputFormat
  var encoding: TextEncoding
  var headings: Headings?
  var records: [ImportRecord] = []
  var ignored: [String] = []
  var skippedEntries = 0
  /// What ended the reading early.
  var failure: CareError?

  var cells: [[String]] {
    records.map { if case .cells(let cells) = $0.content { cells } else { [] } }
  }

  var objects: [JSONObject] {
    records.map { if case .object(let object) = $0.content { object } else { JSONObject() } }
  }

  /// Line and reason of each row error.
  var problems: [String] {
    records.compactMap { record in
      if case .failure(let reason, _) = record.content { "\(record.line): \(reason)" } else { nil }
    }
  }
}

/// Reads bytes as if they were a file.
/// - Parameter chunkSize: how many bytes come at a time.
func readAll(
  _ bytes: [UInt8], name: String = "people", format: InputFormat = .auto, encoding: TextEncoding = .auto,
  chunkSize: Int = 4096
) throws(CareError) -> ReadResult {
  var rest = bytes[...]
  let source = ByteSource(name: name) { buffer in
    let count = min(buffer.count, rest.count, chunkSize)
    buffer.copyBytes(from: rest.prefix(count))
    rest = rest.dropFirst(count)
    return count
  }
  let reader = try RecordReaders.open(source, format: format, encoding: encoding, chunkSize: chunkSize)
  var result = ReadResult(format: reader.format, encoding: .auto, headings: reader.headings)
  do {
    while let batch = try reader.nextBatch() { result.records += batch }
  } catch let error as CareError {
    result.failure = error
  } catch {
    result.failure = CareError(.internalError, "\(error)")
  }
  result.encoding = reader.encoding
  result.ignored = reader.ignored
  result.skippedEntries = reader.skippedEntries
  return result
}

func readAll(
  _ text: String, name: String = "people", format: InputFormat = .auto, encoding: TextEncoding = .auto,
  chunkSize: Int = 4096
) throws(CareError) -> ReadResult {
  try readAll(Array(text.utf8), name: name, format: format, encoding: encoding, chunkSize: chunkSize)
}

/// A text in UTF-16.
func utf16(_ text: String, bigEndian: Bool, mark: Bool = true) -> [UInt8] {
  ((mark ? "\u{FEFF}" : "") + text).utf16.flatMap { unit -> [UInt8] in
    let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
    return bigEndian ? [high, low] : [low, high]
  }
}

/// A text as Latin letters take one byte each; only for scalars below U+0100.
func latin1(_ text: String) -> [UInt8] {
  text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
}
