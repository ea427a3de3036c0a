import Foundation
import Testing

/// What a test may ask of the machine. On a developer's machine a test whose tool is missing is
/// skipped and says so; with CI=true it fails, for there everything is installed.
public enum Requirement {
  /// Ends the test unless all these programs are installed.
  public static func tool(_ names: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
    for name in names where !Executable.exists(name) {
      try missing("\(name) is not installed", sourceLocation)
    }
  }

  /// Ends the test unless a program is in one of the folders of `search`, a list as in PATH.
  public static func tool(
    in search: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    if (try? Executable.path(of: name, search: search)) == nil {
      try missing("\(name) is not installed", sourceLocation)
    }
  }

  /// Ends the test unless the Python of `make deps`, with its packages, is there.
  /// - Returns: the path of that Python.
  public static func python(sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    let python = Repository.root + "/.build/venv/bin/python"
    if access(python, X_OK) != 0 { try missing("make deps has not been run", sourceLocation) }
    return python
  }

  static func missing(_ what: String, _ sourceLocation: SourceLocation) throws -> Never {
    if ProcessInfo.processInfo.environment["CI"] == "true" {
      Issue.record("\(what)", sourceLocation: sourceLocation)
      throw TestSupportError(what)
    }
    try Test.cancel("\(what)", sourceLocation: sourceLocation)
  }
}
