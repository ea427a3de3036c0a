import Foundation

/// Where programs are found.
public enum Executable {
  /// The program under test: `$CARESPHERE_BIN`, which `make test` points at the release build, else
  /// the one that was built beside the test bundle.
  public static func caresphere() throws -> String {
    if let given = ProcessInfo.processInfo.environment["CARESPHERE_BIN"], !given.isEmpty {
      return try path(of: given, search: "")
    }
    let running = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return try path(of: (running as NSString).deletingLastPathComponent + "/caresphere", search: "")
  }

  /// The path of a program: a name with a slash is taken as it is, another looked up in `search`, a
  /// list of folders as in PATH.
  /// - Throws: `TestSupportError` where there is none.
  public static func path(of name: String, search: String) throws -> String {
    let candidates =
      name.contains("/")
      ? [name] : search.split(separator: ":").map { "\($0)/\(name)" }
    guard let found = candidates.first(where: { access($0, X_OK) == 0 }) else {
      throw TestSupportError("no program \(name)")
    }
    return found.hasPrefix("/") ? found : FileManager.default.currentDirectoryPath + "/" + found
  }

  /// Whether a program of this name is installed.
  public static func exists(_ name: String) -> Bool {
    (try? path(of: name, search: ProcessInfo.processInfo.environment["PATH"] ?? "")) != nil
  }
}

/// Files of the repository, for tests that look at what is committed.
public enum Repository {
  /// The folder of Package.swift.
  public static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The text of the file at `path`, given from the root.
  public static func text(_ path: String) throws -> String {
    try String(contentsOfFile: root + "/" + path, encoding: .utf8)
  }
}
