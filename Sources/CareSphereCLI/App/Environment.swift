import CRuntime

/// The variables of the process.
public enum Environment {
  /// All of them; of a name that is there twice, the first, as `getenv` has it.
  public static func current() -> [String: String] {
    var variables: [String: String] = [:]
    guard var entry = caresphere_environment() else { return variables }
    while let text = entry.pointee {
      let pair = String(cString: text)
      if let equals = pair.utf8.firstIndex(of: UInt8(ascii: "=")) {
        let name = String(pair[..<equals])
        if variables[name] == nil { variables[name] = String(pair[pair.utf8.index(after: equals)...]) }
      }
      entry += 1
    }
    return variables
  }
}
