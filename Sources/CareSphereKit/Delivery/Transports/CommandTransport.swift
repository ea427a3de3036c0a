/// Texts to a program: the text on stdin, the number as the last argument or where the arguments say `{to}`.
final class CommandTransport: Transport {
  let command: [String]
  let environment: [String: String]
  private let limits: TransportLimits

  /// - Parameters:
  ///   - command: the program and its arguments; `{to}` and `{from}` in them stand for the numbers.
  ///   - environment: what it is started with, besides `CARESPHERE_TO`, `CARESPHERE_FROM` and `CARESPHERE_RECIPIENT`.
  init(_ command: [String], environment: [String: String], limits: TransportLimits) {
    self.command = command
    self.environment = environment
    self.limits = limits
  }

  func deliver(_ outgoing: Outgoing) -> DeliveryOutcome {
    let variables = [
      "CARESPHERE_TO": outgoing.recipient, "CARESPHERE_FROM": outgoing.sender,
      "CARESPHERE_RECIPIENT": outgoing.recipientID,
    ]
    let program = Program(Self.words(command, outgoing), environment: environment.merging(variables) { $1 })
    let ending = program.run(input: outgoing.content, limit: limits.program, patience: limits.patience)
    return ProgramOutcome.judge(ending, name: command.first ?? "", isRepeatable: false)
  }

  private static func words(_ command: [String], _ outgoing: Outgoing) -> [String] {
    let values = [("{to}", outgoing.recipient), ("{from}", outgoing.sender)]
    let isNamed = command.dropFirst().contains { $0.contains("{to}") }
    let arguments = command.dropFirst().map { filled($0, values) }
    return command.prefix(1) + arguments + (isNamed ? [] : [outgoing.recipient])
  }

  /// The word with values for marks; what a value holds is not looked through again.
  private static func filled(_ word: String, _ values: [(mark: String, value: String)]) -> String {
    var result = ""
    var rest = word[...]
    while let first = rest.first {
      if let (mark, value) = values.first(where: { rest.hasPrefix($0.mark) }) {
        result += value
        rest = rest.dropFirst(mark.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
