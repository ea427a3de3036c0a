import CommandLineKit

enum Help {
  static func text(_ path: [String], width: Int) -> String { CommandTree.root.abstract }
  static func usage(_ path: [String]) -> String { "usage: caresphere " + path.joined(separator: " ") }
}

struct Prompt {
  let console: Console
  init(_ console: Console) { self.console = console }
  func yesOrNo(_ question: String) throws -> Bool { false }
  func password(_ label: String) throws -> String { "" }
}

extension Console {
  func print(_ text: String) throws {
    try out.append(text + "\n")
    try out.flush()
  }
}
