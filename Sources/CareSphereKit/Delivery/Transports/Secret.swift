import Synchronization

/// A password or a token, read when it is first needed and kept for the run. It is in no error.
final class Secret: Sendable {
  /// Where it is.
  enum Source: Sendable {
    /// A file of mode 0600, all of it but a line end.
    case file(String)
    /// A program, whose first line on stdout it is.
    case command([String])
  }

  private let source: Source
  private let environment: [String: String]
  private let limits: TransportLimits
  private let known = Mutex<String?>(nil)

  /// - Parameter environment: what the program is started with.
  init(_ source: Source, environment: [String: String], limits: TransportLimits) {
    self.source = source
    self.environment = environment
    self.limits = limits
  }

  /// The secret.
  /// - Throws: `CareError` where it cannot be read; the next call tries again.
  func text() throws(CareError) -> String {
    // Others wait meanwhile: a program that asks a person for something must not be started by each connection.
    let result = known.withLock { known -> Result<String, CareError> in
      if let known { return .success(known) }
      do throws(CareError) {
        let text = try read()
        known = text
        return .success(text)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private func read() throws(CareError) -> String {
    let (bytes, place) = try contents()
    guard !bytes.isEmpty else { throw CareError(.unavailable, "\(place) gives an empty password") }
    guard let text = String(validating: bytes, as: UTF8.self),
      !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else { throw CareError(.unavailable, "\(place) gives something that is no password") }
    return text
  }

  private func contents() throws(CareError) -> (bytes: [UInt8], place: String) {
    switch source {
    case .file(let path):
      guard var bytes = try PrivateFile.read(path, leniency: [.link, .pipe]) else {
        throw CareError(.unavailable, "there is no file \(path), where a password should be")
      }
      if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
      if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
      return (bytes, path)
    case .command(let words):
      let program = Program(words, environment: environment, isForeground: true)
      let ending = program.run(input: [], limit: limits.program, patience: limits.patience)
      let name = words.first ?? ""
      guard case .exited(0) = ending.how else {
        throw CareError(.unavailable, "the password command \(name) \(ending.inWords)")
      }
      return (Array(ending.output.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }), name)
    }
  }
}
