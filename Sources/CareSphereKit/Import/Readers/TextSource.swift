/// A window on the text of a file: a part of it as UTF-8, moved along by `consume` and `refill`.
/// Offsets of `text` count from the window's beginning.
final class TextSource {
  /// Larger than a pipe's buffer, small enough to stay in the processor's cache on its way.
  static let defaultChunkSize = 256 * 1024
  /// A record larger than this, in bytes, is taken for a quote that was never closed or a file of
  /// another kind: a line of a gigabyte must not take a gigabyte of memory.
  static let maximumRecordSize = 16 * 1024 * 1024

  private let bytes: ByteSource
  private let chunkSize: Int
  /// Set to hand out what is not UTF-16 as it is, because its lines must be unfolded before they are
  /// text (RFC 2425 folds between bytes); the reader then uses `decoder` itself.
  var decodesLater = false
  private(set) var decoder: TextDecoder

  /// Bytes read but not decoded: at the front of the array, `rawCount` of them.
  private var raw: [UInt8]
  private var rawCount = 0
  /// The place in the file of the first of them.
  private var rawOffset = 0
  private var hasBegun = false
  private var lines = LineCounter()

  private var buffer: [UInt8] = []
  private var start = 0
  /// What ended the reading, told once the text before it has been looked at: what is wrong with that is told as well,
  /// wherever a chunk happens to end.
  private var failure: CareError?
  /// Whether the window reaches to the end of the file.
  private(set) var isComplete = false

  /// - Parameters:
  ///   - bytes: where the bytes come from.
  ///   - encoding: how they are encoded.
  ///   - chunkSize: how many bytes to read at a time.
  init(_ bytes: ByteSource, encoding: TextEncoding, chunkSize: Int = defaultChunkSize) {
    self.bytes = bytes
    self.chunkSize = max(1, chunkSize)
    decoder = TextDecoder(encoding)
    raw = Array(repeating: 0, count: max(self.chunkSize, FormatDetection.headSize) + 8)
  }

  var name: String { bytes.name }

  /// The file's first bytes as they are; they are still to be read. Only before anything else.
  func head(_ size: Int) throws(CareError) -> [UInt8] {
    while rawCount < size, try readRaw(upTo: size) > 0 {}
    return Array(raw[..<rawCount])
  }

  /// Works on the window's text. The pointer is valid during the call only.
  func withText<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try buffer.withUnsafeBufferPointer { (all) throws(Failure) in
      try body(UnsafeBufferPointer(rebasing: all[start...]))
    }
  }

  /// How many bytes of text the window has.
  var count: Int { buffer.count - start }

  /// Moves the window's beginning forward.
  func consume(_ count: Int) { start = min(start + count, buffer.count) }

  /// Takes more text into the window.
  /// - Parameter minimum: how many bytes at least, if there are as many. Who looks at the window's
  ///   beginning again each time asks for as much as it has, so that all the looking stays linear.
  /// - Returns: false where there is no more.
  /// - Throws: `.validation` with line and offset for what is no text, `.io` where reading fails.
  @discardableResult
  func refill(minimum: Int = 1) throws(CareError) -> Bool {
    if isComplete { return false }
    if start > 0 {
      buffer.removeFirst(start)
      start = 0
    }
    if let failure { throw failure }
    let before = buffer.count
    do throws(CareError) {
      while buffer.count < before + minimum, try readChunk() {}
    } catch {
      guard buffer.count > before else { throw error }
      failure = error
    }
    return true
  }

  /// Asks about the window's text, again with more text each time, until there is an answer.
  /// - Parameters:
  ///   - line: where the record begins with which the window begins.
  ///   - question: gets the text and whether the file ends with it; nil where more text is needed.
  /// - Returns: nil where the file ends without an answer.
  /// - Throws: what `refill` throws, and `.validation` where no record is that large.
  func ask<Answer>(
    line: Int, _ question: (UnsafeBufferPointer<UInt8>, Bool) -> Answer?
  ) throws(CareError) -> Answer? {
    while true {
      let isLast = isComplete
      if let answer = withText({ question($0, isLast) }) { return answer }
      if isLast { return nil }
      try checkRecordSize(count, line: line)
      try refill(minimum: max(1, count))
    }
  }

  /// Refuses a record that is larger than any record is.
  func checkRecordSize(_ size: Int, line: Int) throws(CareError) {
    guard size > Self.maximumRecordSize else { return }
    throw CareError.unreadable(
      name, line: line,
      "the record that starts here is larger than \(Self.maximumRecordSize / 1_048_576) MiB",
      hint: "is a quote missing, or is this another kind of file?")
  }

  /// Reads until there are `size` bytes to be decoded, or as many as come at once.
  private func readRaw(upTo size: Int) throws(CareError) -> Int {
    let count = try raw.withUnsafeMutableBufferPointer { (all) throws(CareError) in
      let free = UnsafeMutableBufferPointer(rebasing: all[rawCount..<min(size, all.count)])
      return try bytes.read(into: UnsafeMutableRawBufferPointer(free))
    }
    rawCount += count
    return count
  }

  private func readChunk() throws(CareError) -> Bool {
    let count = try readRaw(upTo: rawCount + chunkSize)
    let isLast = count == 0
    if !hasBegun {
      guard rawCount >= 4 || isLast else { return true }
      hasBegun = true
      try decode { (head, decoder, _) throws(TextDecoder.Failure) in try decoder.begin(head) }
    }
    let passes = decodesLater && decoder.encoding != .utf16
    try decode { (raw, decoder, text) throws(TextDecoder.Failure) in
      if !passes { return try decoder.decode(raw, isLast: isLast, into: &text) }
      let null = TextDecoder.firstNull(raw)
      text.append(contentsOf: raw[..<(null ?? raw.count)])
      if let null { throw TextDecoder.null(at: null) }
      return raw.count
    }
    isComplete = isLast
    return !isLast
  }

  private func decode(
    _ step: (UnsafeBufferPointer<UInt8>, inout TextDecoder, inout [UInt8]) throws(TextDecoder.Failure) -> Int
  ) throws(CareError) {
    let before = buffer.count
    do throws(TextDecoder.Failure) {
      let used = try raw.withUnsafeBufferPointer { (all) throws(TextDecoder.Failure) in
        try step(UnsafeBufferPointer(rebasing: all[..<rawCount]), &decoder, &buffer)
      }
      raw.withUnsafeMutableBufferPointer { all in
        for index in used..<rawCount { all[index - used] = all[index] }
      }
      rawCount -= used
      rawOffset += used
      countLines(from: before)
    } catch {
      countLines(from: before)
      throw unreadable(error)
    }
  }

  private func countLines(from offset: Int) {
    buffer.withUnsafeBufferPointer { lines.advance(over: UnsafeBufferPointer(rebasing: $0[offset...])) }
  }

  private func unreadable(_ failure: TextDecoder.Failure) -> CareError {
    let line = lines.count + 1
    return CareError.unreadable(
      name, line: line, "\(failure.reason) at byte offset \(rawOffset + failure.offset)", hint: failure.hint)
  }
}

extension CareError {
  /// A file that cannot be read any further.
  /// - Parameters:
  ///   - name: what the file is called.
  ///   - line: the physical line, from 1, where the record or the wrong byte is.
  ///   - reason: what is wrong there.
  static func unreadable(_ name: String, line: Int, _ reason: String, hint: String? = nil) -> CareError {
    CareError(
      .validation, "\(name), line \(line): \(reason)", hint: hint,
      details: .lines([LineProblem(line: line, field: nil, message: reason)]))
  }
}
