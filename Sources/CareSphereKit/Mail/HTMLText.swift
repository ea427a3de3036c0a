/// HTML as somebody reads it who sees text only: paragraphs, lists, headings and the addresses of links; no scripts,
/// no styles, no comments. Every input is HTML, however broken; white space that HTML does not show is not there.
package enum HTMLText {
  /// - Parameter html: UTF-8.
  /// - Returns: UTF-8; lines end with a line feed, the last one too; empty where there is nothing to read
  package static func plain(_ html: [UInt8]) -> [UInt8] {
    html.withUnsafeBufferPointer { bytes in
      var tokenizer = HTMLTokenizer(bytes)
      var writer = HTMLTextWriter(capacity: bytes.count)
      while let token = tokenizer.next() {
        switch token {
        case .text(let text): writer.write(text)
        case .start(let element, let attributes): writer.open(element, attributes)
        case .end(let element): writer.close(element)
        }
      }
      return writer.finish()
    }
  }
}
