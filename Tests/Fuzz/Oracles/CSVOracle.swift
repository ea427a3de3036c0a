import CareSphereKit
import CommandLineKit
import Glibc
import TextFormats

/// CSV and TSV: what is read is the same however it comes in, becomes people or is refused, and is the same again
/// after it has been written.
enum CSVOracle {
  static func check(_ bytes: [UInt8]) throws {
    let asWindows = [UInt8](bytes.suffix(1)) == [UInt8(ascii: "~")]
    let reading = try ImportReading.steady(bytes, format: .csv, encoding: asWindows ? .windows1252 : .auto)
    _ = try ImportReading.steady(bytes, format: .tsv, encoding: asWindows ? .utf16 : .auto)
    try reading.drafts()
    guard let width = reading.headings?.names.count, !reading.cells.isEmpty else { return }
    try rewrite(reading.cells, width: width, delimiter: UInt8(ascii: ","), format: .csv)
    try rewrite(reading.cells, width: width, delimiter: UInt8(ascii: "\t"), format: .tsv)
  }

  private static func rewrite(
    _ cells: [[String]], width: Int, delimiter: UInt8, format: InputFormat
  ) throws {
    let columns = (0..<width).map { Column("h\($0)") }
    let file = try ScratchFile()
    let stream = OutputStream(descriptor: file.descriptor, target: "scratch")
    let writer = CSVRecordWriter(stream, columns: columns, style: .init(delimiter: delimiter))
    try writer.begin()
    for row in cells {
      try writer.beginRecord()
      for cell in row { try writer.text(cell) }
      try writer.endRecord()
    }
    try stream.flush()
    let again = try ImportReading(file.bytes(), format: format, encoding: .utf8)
    try require(again.failure == nil, "what was written is not read: \(again)")
    try require(again.headings?.names == columns.map(\.name), "headings: \(again)")
    let unguarded = again.cells.map { $0.map { Array(FormulaGuard.unguarded($0).utf8) } }
    let wanted = cells.map { $0.map { Array($0.utf8) } }
    try require(unguarded == wanted, "read: \(cells)\nwritten and read again: \(again.cells)")
  }
}

/// A file without a name, for writers that need a descriptor.
struct ScratchFile: ~Copyable {
  private let file: UnsafeMutablePointer<FILE>

  init() throws {
    guard let file = tmpfile() else { throw BrokenPromise("no scratch file: \(errno)") }
    self.file = file
  }

  deinit { fclose(file) }

  var descriptor: Int32 { fileno(file) }

  /// All that has been written.
  func bytes() -> [UInt8] {
    let size = max(0, Int(lseek(descriptor, 0, SEEK_END)))
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = max(0, pread(descriptor, buffer.baseAddress, size, 0))
    }
  }
}
