import CRuntime
import Glibc

/// CommonMark, made HTML by libcmark.
enum Markdown {
  /// - Throws: `CareError(.unavailable)` that names the package, where libcmark is not installed.
  static func checkIsAvailable() throws(CareError) {
    guard caresphere_cmark_is_available() == 0 else { return }
    throw CareError(
      .unavailable, "Markdown needs libcmark, which is not installed",
      hint: "install it, on Debian with: apt install libcmark0.30.2")
  }

  /// A text as HTML, each line ended by a line feed. HTML in it is left out, and so are links that would run
  /// something.
  /// - Parameter text: UTF-8.
  /// - Throws: as ``checkIsAvailable()``.
  static func html(_ text: [UInt8]) throws(CareError) -> [UInt8] {
    try checkIsAvailable()
    let html = text.withUnsafeBytes { bytes in
      bytes.baseAddress.flatMap {
        caresphere_cmark_html($0.assumingMemoryBound(to: CChar.self), bytes.count)
      }
    }
    guard let html else { return [] }
    defer { caresphere_cmark_free(html) }
    return [UInt8](UnsafeRawBufferPointer(start: html, count: strlen(html)))
  }
}
