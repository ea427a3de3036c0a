/// Opens import files.
public enum RecordReaders {
  /// Opens a file and reads as far as it takes to know what it is; of a table, the headings.
  /// - Parameters:
  ///   - path: the file; `-` is standard input.
  ///   - format: what it is. `auto` goes by the name's extension, else by how the file begins.
  ///   - encoding: how it is encoded. `auto` goes by a byte-order mark, else UTF-8, else Windows-1252.
  /// - Returns: a reader for one thread at a time.
  /// - Throws: `.io` for what cannot be read, `.validation` for what cannot be understood, an empty file
  ///   included.
  public static func open(
    path: String, format: InputFormat = .auto, encoding: TextEncoding = .auto
  ) throws(CareError) -> any RecordReader {
    try open(try ByteSource(path: path), format: format, encoding: encoding)
  }

  /// Opens what is not in a file.
  /// - Parameter chunkSize: how many bytes are asked for at a time; nil for as many as a file is read by.
  package static func open(
    _ bytes: ByteSource, format: InputFormat, encoding: TextEncoding, chunkSize: Int? = nil
  ) throws(CareError) -> any RecordReader {
    let source = TextSource(bytes, encoding: encoding, chunkSize: chunkSize ?? TextSource.defaultChunkSize)
    var known = format
    if format == .auto {
      let head = try source.head(FormatDetection.headSize)
      if FormatDetection.isWorkbook(head) {
        throw CareError(
          .validation, "\(bytes.name) is a spreadsheet program's own file, or another zip file",
          hint: "save it there as CSV, in UTF-8 where you can choose")
      }
      known = FormatDetection.format(name: bytes.name, head: head)
      if known == .json, try FormatDetection.isJSONLines(source) { known = .jsonl }
    }
    switch known {
    case .auto, .csv, .tsv: return try DelimitedReader(source, format: known)
    case .json: return JSONRecordReader(source)
    case .jsonl: return JSONLinesReader(source)
    case .vcard: return VCardReader(source)
    }
  }
}
