/// HMAC over SHA-256 (RFC 2104).
public struct HMAC: Sendable {
  private var inner = SHA256()
  private let outerKey: [UInt8]

  /// Begins an authentication code.
  ///
  /// - Parameter key: any length; one longer than a block is hashed first, as the RFC has it.
  public init(key: [UInt8]) {
    var block = key.count > SHA256.blockSize ? SHA256.hash(key) : key
    block.append(contentsOf: repeatElement(0, count: SHA256.blockSize - block.count))
    outerKey = block.map { $0 ^ 0x5c }
    inner.update(block.map { $0 ^ 0x36 })
  }

  /// Takes in more of the message.
  public mutating func update(_ bytes: some Sequence<UInt8>) { inner.update(bytes) }

  /// The code of everything taken in, 32 bytes.
  public func finalize() -> [UInt8] {
    var outer = SHA256()
    outer.update(outerKey)
    outer.update(inner.finalize())
    return outer.finalize()
  }

  /// The code of `message` under `key`, 32 bytes.
  public static func authenticate(_ message: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
    var code = HMAC(key: key)
    code.update(message)
    return code.finalize()
  }
}

/// Comparison of secrets.
public enum ConstantTime {
  /// Whether both are the same bytes, in a time that depends on their lengths only, so that a guess
  /// learns nothing from how long its refusal takes.
  public static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for (a, b) in zip(left, right) { difference |= a ^ b }
    return difference == 0
  }
}
