import Foundation
import Testing

/// A folder of a test's own, with a home in it, where the built program runs in an environment that
/// has nothing of the caller's. It is removed with the object; `CARESPHERE_TEST_KEEP=1` keeps it.
public final class Sandbox {
  /// The sandbox's folder: commands run here, and relative paths start here.
  public let path: String
  /// The variables every command gets; a test may change them for all that follow.
  public var environment: [String: String]
  /// After how many seconds a command is killed.
  public var timeout: Double = 120

  public init() throws {
    let pattern = (NSTemporaryDirectory() as NSString).appendingPathComponent("care-XXXXXX")
    var template = Array(pattern.utf8CString)
    guard mkdtemp(&template) != nil, let made = realpath(template, nil) else {
      throw TestSupportError("can't make a temporary folder: \(String(cString: strerror(errno)))")
    }
    path = String(cString: made)
    free(made)
    environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "HOME": path + "/home", "XDG_DATA_HOME": path + "/home/.local/share",
      "XDG_CONFIG_HOME": path + "/home/.config", "XDG_STATE_HOME": path + "/home/.local/state",
      "XDG_CACHE_HOME": path + "/home/.cache", "TMPDIR": path + "/tmp", "TZ": "UTC", "LANG": "C.UTF-8",
    ]
    for folder in ["home", "tmp"] {
      try FileManager.default.createDirectory(atPath: path + "/" + folder, withIntermediateDirectories: true)
    }
  }

  deinit {
    if ProcessInfo.processInfo.environment["CARESPHERE_TEST_KEEP"] == nil {
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  /// Where the database is unless a command is told otherwise.
  public var database: String { path + "/home/.local/share/caresphere/caresphere.db" }

  /// The absolute path of a file of the sandbox.
  public func path(_ name: String) -> String { name.hasPrefix("/") ? name : path + "/" + name }

  /// Writes a file, making its folders.
  /// - Returns: its absolute path.
  @discardableResult public func write(_ name: String, _ text: String) throws -> String {
    try write(name, bytes: Array(text.utf8))
  }

  /// Writes a file byte for byte, making its folders.
  @discardableResult public func write(_ name: String, bytes: [UInt8]) throws -> String {
    let file = path(name)
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// The text of a file of the sandbox.
  public func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self)
  }

  /// Whether there is a file of this name.
  public func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// Runs the program under test and waits for it.
  /// - Parameters:
  ///   - arguments: what follows the program's name.
  ///   - stdin: what it reads; nothing, at its end, by default.
  ///   - environment: variables to set besides the sandbox's; an empty dictionary by default.
  /// - Throws: `TestSupportError` where it can't be started; how it ends is in the outcome.
  @discardableResult public func run(
    _ arguments: String..., stdin: String = "", environment: [String: String] = [:]
  ) throws -> Outcome {
    try run(arguments, stdin: Array(stdin.utf8), environment: environment)
  }

  /// Runs the program under test with a list of arguments and bytes to read.
  @discardableResult public func run(
    _ arguments: [String], stdin: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> Outcome {
    try execute([try Executable.caresphere()] + arguments, stdin: stdin, environment: environment)
  }

  /// Runs any program in the sandbox, the same way.
  @discardableResult public func execute(
    _ command: [String], stdin: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> Outcome {
    let running = try RunningCommand(
      command, environment: self.environment.merging(environment) { $1 }, folder: path,
      listing: { [path] in Sandbox.listing(of: path) })
    return running.finish(stdin: stdin, seconds: timeout)
  }

  /// Runs a shell script (bash, `pipefail` set) in which the program is found as `caresphere`.
  @discardableResult public func shell(
    _ script: String, environment: [String: String] = [:]
  ) throws -> Outcome {
    let folder = (try Executable.caresphere() as NSString).deletingLastPathComponent
    var variables = environment
    variables["PATH"] = folder + ":" + (self.environment["PATH"] ?? "")
    return try execute(["bash", "-c", "set -o pipefail\n" + script], environment: variables)
  }

  /// Starts the program and comes back at once; the output goes to files `<name>.out` and
  /// `<name>.err` of the sandbox, so that nobody need read it.
  public func spawn(
    _ arguments: [String], name: String = "background", environment: [String: String] = [:]
  ) throws -> ChildProcess {
    try spawn(running: [try Executable.caresphere()] + arguments, name: name, environment: environment)
  }

  /// Starts any program in the background, the same way.
  public func spawn(
    running command: [String], name: String = "background", environment: [String: String] = [:]
  ) throws -> ChildProcess {
    let outputs = ["out", "err"].map {
      open(path("\(name).\($0)"), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    }
    let files = [open("/dev/null", O_RDONLY | O_CLOEXEC)] + outputs
    defer { for file in files { close(file) } }
    guard files.allSatisfy({ $0 >= 0 }) else { throw TestSupportError("can't open files for \(name)") }
    return try ChildProcess(
      command, environment: self.environment.merging(environment) { $1 }, folder: path,
      streams: .descriptors(input: files[0], output: files[1], error: files[2]))
  }

  /// Starts the program under test on a terminal of its own.
  public func terminal(
    _ arguments: [String], columns: Int = 80, rows: Int = 24, environment: [String: String] = [:]
  ) throws -> Pseudoterminal {
    try terminal(
      running: [try Executable.caresphere()] + arguments, columns: columns, rows: rows,
      environment: environment)
  }

  /// Starts any program on a terminal of its own.
  public func terminal(
    running command: [String], columns: Int = 80, rows: Int = 24, environment: [String: String] = [:]
  ) throws -> Pseudoterminal {
    let variables = self.environment.merging(["TERM": "xterm-256color"]) { $1 }
      .merging(environment) { $1 }
    return try Pseudoterminal(
      command, columns: columns, rows: rows, environment: variables, in: self)
  }

  /// Makes a database with an admin, `admin@grace.example`, who is logged in afterwards.
  public func initialize(
    password: String = "Correct-Horse-7", sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try run(
      "init", "--admin", "admin@grace.example", "--full-name", "Ada Admin", "--password-stdin",
      stdin: password + "\n"
    ).succeeded(sourceLocation: sourceLocation)
  }

  /// The files of a folder, one a line, with their sizes and modes.
  static func listing(of path: String) -> String {
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    let lines = names.sorted().prefix(100).map { name -> String in
      var information = stat()
      lstat(path + "/" + name, &information)
      return "  \(String(information.st_mode, radix: 8)) \(information.st_size) \(name)"
    }
    return lines.joined(separator: "\n")
  }
}
