import Foundation

/// How much the slower tests do; `make test` does the shorter form (CONTRIBUTING.md, Tests).
enum Effort {
  static func value(_ name: String, default value: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? value
  }

  /// Debug builds import too slowly for the full number of rows.
  static let importRows = value("CARESPHERE_TEST_ROWS", default: isRelease ? 100_000 : 3000)

  /// `make test` names the release build; a bare `swift test` has the debug build beside it.
  static let isRelease = ProcessInfo.processInfo.environment["CARESPHERE_BIN"] != nil

  /// `count` people, each with a name and an e-mail address of their own.
  static func people(_ count: Int, first: Int = 0) -> String {
    var text = "firstName,lastName,email,tags,notes\n"
    for number in first..<(first + count) {
      text += "Ana,Souza,member\(number)@example.org,choir;youth,\"A note\nof two lines\"\n"
    }
    return text
  }
}
