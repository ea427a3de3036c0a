import CareSphereCLI
import CommandLineKit

/// Command lines, words parted by NUL: one that is taken is the same after it has been spelled out, and one that is not
/// is refused in words that name a command. Nothing is run.
enum ArgumentOracle {
  private static let parser = Parser(
    root: CommandTree.root, globalOptions: GlobalOptions.all, environment: [:])

  static func check(_ bytes: [UInt8]) throws {
    let words = bytes.split(separator: 0, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    _ = parser.requestedFormat(words)
    let invocation: Invocation
    do {
      invocation = try parser.parse(words)
    } catch {
      try require(!error.message.isEmpty, "refused without a reason")
      return try require(command(error.path) != nil, "refused for a command that is none: \(error.path)")
    }
    switch invocation {
    case .version: return
    case .help(let path): try require(command(path) != nil, "help for a command that is none: \(path)")
    case .run(let parsed): try respell(parsed)
    }
  }

  private static func command(_ path: [String]) -> CommandSpec? { CommandTree.root.command(at: path) }

  /// Spells the line out, long flags and values with `=`, and reads it again.
  private static func respell(_ parsed: ParsedArguments) throws {
    guard let command = command(parsed.path) else {
      throw BrokenPromise("a command that is none: \(parsed.path)")
    }
    let options = command.allOptions(global: GlobalOptions.all)
    var words = parsed.path
    for option in options where parsed.has(option.name) {
      if option.placeholder == nil {
        words.append(option.flag)
      } else {
        words += parsed.values(option.name).map { "\(option.flag)=\($0)" }
      }
    }
    words.append("--")
    words += command.arguments.flatMap { parsed.arguments($0.name) }
    guard case .run(let again) = try parser.parse(words) else {
      throw BrokenPromise("spelled out it is no command: \(words)")
    }
    try require(again.path == parsed.path, "\(parsed.path) became \(again.path)")
    for option in options {
      let (first, second) = (parsed.values(option.name), again.values(option.name))
      try require(
        first.map { Array($0.utf8) } == second.map { Array($0.utf8) }
          && parsed.has(option.name) == again.has(option.name),
        "\(option.flag) is \(first), spelled out \(second): \(words)")
      if case .integer(let range) = option.value, let number = parsed.integer(option.name) {
        try require(range.contains(number), "\(option.flag) is \(number)")
      }
    }
    for argument in command.arguments {
      try require(
        again.arguments(argument.name) == parsed.arguments(argument.name), "\(argument.name) of \(words)")
    }
  }
}
