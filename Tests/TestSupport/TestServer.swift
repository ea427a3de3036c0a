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

/// A mail as a server got it.
public struct ReceivedMail: Sendable {
  /// The number of the connection it came by, from 1.
  public let connection: Int
  public let isEncrypted: Bool
  /// Who had logged in.
  public let user: String?
  public let sender: String
  public let recipients: [String]
  /// Of MAIL FROM, such as `SMTPUTF8` and `SIZE=12`.
  public let options: [String]
  /// Byte for byte, without what SMTP adds on the way.
  public let content: [UInt8]

  init(_ entry: [String: Any]) throws {
    let content = try #require(entry["content"] as? String)
    self.content = Array(try #require(content.data(using: .isoLatin1)))
    connection = try #require(entry["connection"] as? Int)
    isEncrypted = entry["tls"] as? Bool ?? false
    user = entry["user"] as? String
    sender = entry["sender"] as? String ?? ""
    recipients = entry["recipients"] as? [String] ?? []
    options = entry["options"] as? [String] ?? []
  }

  /// The content as text.
  public var text: String { String(decoding: content, as: UTF8.self) }

  /// The first header of this name, unfolded; nil where there is none.
  public func header(_ name: String) -> String? {
    let head = text.components(separatedBy: "\r\n\r\n").first ?? ""
    let unfolded = head.replacingOccurrences(of: "\r\n ", with: " ").replacingOccurrences(
      of: "\r\n\t", with: " ")
    for line in unfolded.components(separatedBy: "\r\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == name.lowercased() else { continue }
      return parts[1].trimmingCharacters(in: .whitespaces)
    }
    return nil
  }
}

/// Postfix's `smtp-sink`, which takes mail as fast as it can and forgets it.
public final class MailSink {
  public let port: Int
  private let process: ChildProcess

  /// - Throws: ends the test where postfix is not installed
  public init(in sandbox: Sandbox, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let program = "/usr/sbin/smtp-sink"
    try Requirement.tool(program, sourceLocation: sourceLocation)
    // It cannot be told to take any port, so somebody else could be faster; nobody is, in a test.
    port = try FreePort.find()
    let user = getuid() == 0 ? ["-u", "nobody"] : []
    process = try sandbox.spawn(running: [program] + user + ["127.0.0.1:\(port)", "64"], name: "smtp-sink")
    let deadline = Deadline(seconds: 10)
    while !FreePort.answers(port) {
      guard !deadline.isOver, process.poll() == nil else { throw TestSupportError("smtp-sink did not start") }
      usleep(10_000)
    }
  }

  deinit { stop() }

  /// Ends it.
  public func stop() {
    process.kill()
    process.wait()
  }
}

/// Ports of 127.0.0.1.
public enum FreePort {
  /// One where nobody listens.
  public static func find() throws -> Int {
    try withSocket { socket in
      var address = address(0)
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let isBound = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
        }
      }
      guard isBound else { throw TestSupportError("no free port: \(String(cString: strerror(errno)))") }
      return Int(UInt16(bigEndian: address.sin_port))
    }
  }

  /// Whether somebody listens there.
  public static func answers(_ port: Int) -> Bool {
    let connected = try? withSocket { socket in
      var address = address(port)
      return withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
      }
    }
    return connected ?? false
  }

  private static func withSocket<Result>(_ body: (Int32) throws -> Result) throws -> Result {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw TestSupportError("no socket: \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    return try body(descriptor)
  }

  private static func address(_ port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return address
  }
}
