import Glibc

/// Where the configuration is, and its bytes.
enum ConfigurationFile {
  /// What is larger is the wrong file.
  static let maximumBytes = 1 << 20

  /// The file that `path` names, which must exist, else the first of the default places where one is.
  /// - Returns: nil where none is named and none is there.
  /// - Throws: `CareError`: `.io` for what cannot be read, `.validation` for a file that is too large or that
  ///   everybody may write, for it names programs to run
  static func find(
    path: String?, environment: [String: String]
  ) throws(CareError) -> (path: String, bytes: [UInt8])? {
    if let path {
      guard let bytes = try read(path) else { throw failure(path, ENOENT) }
      return (path, bytes)
    }
    for place in places(environment) {
      if let bytes = try read(place) { return (place, bytes) }
    }
    return nil
  }

  /// The default places, in the order of the XDG Base Directory Specification; its variables count only where they
  /// hold absolute paths.
  static func places(_ environment: [String: String]) -> [String] {
    let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 + "/.config" : nil }
    let folder = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home
    return (folder.map { [$0] } ?? []).map { $0 + "/caresphere/config.json" } + [
      "/etc/caresphere/config.json"
    ]
  }

  /// Nil where there is no such file.
  private static func read(_ path: String) throws(CareError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw failure(path, errno)
    }
    defer { close(descriptor) }
    var information = stat()
    guard fstat(descriptor, &information) == 0 else { throw failure(path, errno) }
    if information.st_mode & S_IFMT == S_IFREG, information.st_mode & S_IWOTH != 0 {
      throw CareError(
        .validation,
        "the configuration \(path) is refused: everybody may write it, and it names programs to run",
        hint: "chmod o-w \(path)")
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(path, errno) }
      bytes.append(contentsOf: buffer.prefix(count))
      guard bytes.count <= maximumBytes else {
        throw CareError(.validation, "the configuration \(path) is too large: at most 1 MiB is read")
      }
    }
  }

  private static func failure(_ path: String, _ number: Int32) -> CareError {
    CareError(.io, "cannot read the configuration \(path): \(String(cString: strerror(number)))")
  }
}

/// What paths in a configuration are relative to.
struct ConfigurationPaths {
  /// The configuration's own path.
  var file: String
  /// What `~/` stands for.
  var home: String?

  /// The path that a text in the file means: `~/x` in the home, `x` in the file's folder, so that cron and people
  /// find the same file wherever they start.
  func resolve(_ text: String) -> String {
    if text.hasPrefix("~/"), let home { return home + text.dropFirst(1) }
    guard !text.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return text }
    return file[...slash] + text
  }
}
