import TestSupport
import Testing

/// Python, as the other opinion about our cryptography.
enum CryptoPython {
  /// Runs a script that reads lines on standard input and prints lines.
  /// - Parameter interpreter: the Python to ask; the system's by default.
  static func run(_ script: String, input: [String], interpreter: String = "python3") throws -> [String] {
    let sandbox = try Sandbox()
    let text = input.map { $0 + "\n" }.joined()
    return try sandbox.execute([interpreter, "-c", script], stdin: Array(text.utf8)).succeeded().lines
  }
}

extension SeededGenerator {
  /// That many bytes.
  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }
}
