import Glibc

/// Random bytes fit for keys and tokens, from the kernel.
public enum RandomBytes {
  /// That many fresh bytes.
  public static func make(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      fill(UnsafeMutableRawBufferPointer(buffer))
      initialized = count
    }
  }

  /// Fills the whole buffer.
  ///
  /// A kernel that has no random bytes to give is served by the standard library's generator, which
  /// knows other ways to the same source and would sooner end the process than be weak.
  static func fill(_ buffer: UnsafeMutableRawBufferPointer) {
    for start in stride(from: 0, to: buffer.count, by: largestRequest) {
      let part = UnsafeMutableRawBufferPointer(
        rebasing: buffer[start..<min(start + largestRequest, buffer.count)])
      guard let address = part.baseAddress, getentropy(address, part.count) != 0 else { continue }
      var fallback = SystemRandomNumberGenerator()
      for index in part.indices { part[index] = fallback.next() }
    }
  }

  /// `getentropy`, which is `getrandom` without its interruptions, answers no larger one.
  private static let largestRequest = 256
}
