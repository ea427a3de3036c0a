import Foundation
import Testing

/// A server of `Tests/Servers`, on 127.0.0.1 and a port that the system chose. It ends with the object, and by itself
/// where the tests are killed.
public final class TestServer {
  public let port: Int
  /// Where it keeps its journal and its certificates.
  public let folder: String
  private let process: ChildProcess
  /// As long as we hold it, somebody is there.
  private let life: FileHandle

  /// Starts it and waits until it listens.
  /// - Parameters:
  ///   - script: the name of the file, without `.py`.
  ///   - sandbox: where its folder is made.
  ///   - options: as the script describes them.
  /// - Throws: ends the test where the Python of `make deps` is not there
  public init(
    _ script: String, in sandbox: Sandbox, options: [String: Any] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let python = try Requirement.python(sourceLocation: sourceLocation)
    folder = sandbox.path("server-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let json = String(decoding: try JSONSerialization.data(withJSONObject: options), as: UTF8.self)
    let (input, output) = ChildProcess.pipes()
    let errors = open(folder + "/errors", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(errors) }
    let environment = sandbox.environment.merging(["PYTHONDONTWRITEBYTECODE": "1"]) { $1 }
    process = try ChildProcess(
      [python, Repository.root + "/Tests/Servers/\(script).py", folder, json], environment: environment,
      folder: folder,
      streams: .descriptors(
        input: input.fileHandleForReading.fileDescriptor, output: output.fileHandleForWriting.fileDescriptor,
        error: errors))
    try input.fileHandleForReading.close()
    try output.fileHandleForWriting.close()
    life = input.fileHandleForWriting
    let line = output.fileHandleForReading.availableData
    let announced = try? JSONSerialization.jsonObject(with: line) as? [String: Int]
    guard let port = announced?["port"] else {
      throw TestSupportError(
        "\(script) did not start: \((try? String(contentsOfFile: folder + "/errors", encoding: .utf8)) ?? "")"
      )
    }
    self.port = port
  }

  deinit { stop() }

  /// Ends it: from then on nobody listens at its port.
  public func stop() {
    process.kill()
    process.wait()
  }

  /// What happened so far, in order; of one kind where it is named.
  public func journal(_ event: String? = nil) throws -> [[String: Any]] {
    let path = folder + "/journal.jsonl"
    guard let data = FileManager.default.contents(atPath: path) else { return [] }
    // The last line may still be in the writing.
    let end = data.lastIndex(of: UInt8(ascii: "\n")) ?? data.startIndex
    return try data[..<end].split(separator: UInt8(ascii: "\n")).compactMap { line in
      let entry = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      return event == nil || entry?["event"] as? String == event ? entry : nil
    }
  }

  /// The mails that a mail server took, in order.
  public func mails() throws -> [ReceivedMail] { try journal("mail").map(ReceivedMail.init) }

  /// The requests that a web service took, in order.
  public func requests() throws -> [[String: Any]] { try journal("request") }

  /// The file of the authority that a mail server's certificate is from.
  public var authority: String { folder + "/ca.pem" }
}
