import CRuntime
import CareSphereKit
import CommandLineKit
import Glibc

/// The program: from arguments to an exit status.
public enum App {
  /// In `--version`, in man pages and in every envelope.
  public static let version = "1.0.0"

  /// Runs one command.
  /// - Parameters:
  ///   - words: the arguments, without the program's name.
  ///   - environment: the process's.
  /// - Returns: the exit status of the contract
  public static func run(_ words: [String], environment: [String: String]) -> Int32 {
    caresphere_signals_install()
    umask(0o077)
    let console = Console(program: "caresphere", environment: environment)
    let parser = Parser(root: CommandTree.root, globalOptions: GlobalOptions.all, environment: environment)
    let now = Timestamp.now()
    var path: [String] = []
    let envelope = Envelope(timestamp: now.description, requestId: UUIDv7Generator().next(), version: version)
    do {
      switch try parser.parse(words) {
      case .version: try print("caresphere \(version)\n", console)
      case .help(let path): try print(help(console).text(path), console)
      case .run(let parsed):
        path = parsed.path
        try run(parsed, console, envelope, environment, now)
      }
      return 0
    } catch {
      let failure = Failure(error)
      let wantsEnvelope = parser.requestedFormat(words)?.wantsErrorEnvelope ?? false
      tell(failure, path, console, wantsEnvelope ? envelope : nil)
      let isForMailServers = CommandTree.command(path)?.isForMailServers ?? false
      return isForMailServers && failure.isPassing ? Failure.temporary : failure.exitStatus
    }
  }

  private static func run(
    _ parsed: ParsedArguments, _ console: Console, _ envelope: Envelope, _ environment: [String: String],
    _ now: Timestamp
  ) throws {
    console.isQuiet = parsed.has("quiet")
    console.isVerbose = parsed.has("verbose")
    console.mayPrompt = !parsed.has("no-input")
    console.color = parsed.value("color").flatMap(ColorChoice.init(rawValue:)) ?? .auto
    guard let command = CommandTree.command(parsed.path) else {
      throw CareError(.internalError, "no command \(parsed.path.joined(separator: " "))")
    }
    if parsed.value("db") == "" { throw UsageError("--db names no file", path: parsed.path) }
    let delegation = Delegation(environment)
    try delegation.check(
      parsed, options: command.spec.options + GlobalOptions.all, arguments: command.spec.arguments)
    var options = OutputOptions(parsed)
    if delegation.isActive { options.pager = false }
    let output = Output(console, options: options, envelope: envelope)
    try output.checkDestination()
    let context = Context(parsed, console: console, output: output, environment: environment, now: now)
    do {
      if case .atLeast = command.access {
        try command.access.check(try context.actor(), command: context.command)
        // What somebody gives is a mistake where it is wrong, whether the command needs it or not.
        if parsed.has("config") { _ = try context.configuration() }
        if parsed.has("as-of") { _ = try context.clock() }
      }
      try command.run(context)
    } catch {
      throw context.withDatabaseInHint(context.explained(error))
    }
  }

  /// - Parameter path: the words of the command, where the line could be read.
  private static func tell(
    _ failure: Failure, _ path: [String], _ console: Console, _ envelope: Envelope?
  ) {
    switch failure {
    case .closedPipe: break
    case .signal(_, let interruption):
      console.report(
        ErrorReport(code: "INTERRUPTED", message: interruption.message, hint: interruption.hint),
        envelope: envelope)
    case .told(let error):
      let usage = error.code == .usage ? help(console).usage(path) : nil
      console.report(error.report, usage: usage, envelope: envelope)
    case .usage(let error):
      let report = ErrorReport(code: ErrorCode.usage.rawValue, message: error.message, hint: error.hint)
      console.report(
        report, usage: help(console).usage(error.path.isEmpty ? path : error.path), envelope: envelope)
    }
  }

  private static func help(_ console: Console) -> HelpPage {
    HelpPage(
      root: CommandTree.root, globalOptions: GlobalOptions.all, width: min(console.width, 100),
      isBold: console.usesColor(on: console.output))
  }

  private static func print(_ text: String, _ console: Console) throws {
    try console.out.append(text)
    try console.out.flush()
  }
}
