import Foundation

/// Runs Python as the other opinion about our cryptography.
enum CryptoPython {
  struct Failure: Error { let status: Int32, output: String }

  /// Runs a script that reads lines on standard input and prints lines.
  ///
  /// The input goes through a file, because a pipe that nobody drains yet would stop both sides.
  static func run(_ script: String, input: [String], interpreter: [String] = ["python3"]) throws -> [String] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("caresphere-\(UUID()).txt")
    try Data(input.joined(separator: "\n").utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = interpreter + ["-c", script]
    process.standardInput = try FileHandle(forReadingFrom: file)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(status: process.terminationStatus, output: text)
    }
    return text.split(separator: "\n").map(String.init)
  }
}

/// A generator whose values depend on its seed only (SplitMix64), so that a failure can be had again.
struct CryptoSeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }
}
