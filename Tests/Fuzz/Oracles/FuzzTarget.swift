/// A parser, and what must hold for it whatever it is given. The tests ask with their own mutations, `make fuzz` with
/// libFuzzer's.
public enum FuzzTarget: String, CaseIterable, Sendable {
  case csv, vcard, json, filter, template, cron, bounce, argv

  /// Gives the parser some bytes.
  /// - Throws: `BrokenPromise` where something does not hold; whatever else a parser throws that it may not throw.
  public func check(_ bytes: [UInt8]) throws {
    switch self {
    case .csv: try CSVOracle.check(bytes)
    case .vcard: try VCardOracle.check(bytes)
    case .json: try JSONOracle.check(bytes)
    case .filter: try FilterOracle.shared.get().check(bytes)
    case .template: try TemplateOracle.check(bytes)
    case .cron: try CronOracle.check(bytes)
    case .bounce: try BounceOracle.check(bytes)
    case .argv: try ArgumentOracle.check(bytes)
    }
  }
}

/// What does not hold, for whoever mends it.
public struct BrokenPromise: Error, CustomStringConvertible {
  /// What should have held, and what was found instead.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// Throws where something that must hold does not.
/// - Parameter description: what should have held; it is asked for only then.
func require(_ holds: Bool, _ description: @autoclosure () -> String) throws {
  if !holds { throw BrokenPromise(description()) }
}
