import TextFormats

/// The names that a template can use.
public struct TemplateNames: Sendable {
  /// What can follow a name after a dot, or stand in a section of it.
  enum Below: Equatable, Sendable {
    case nothing
    case anything
    case these([String])
  }

  private var roots: [String: Below] = [:]

  /// What `organization.` can be followed by.
  static let organization = ["name", "timezone", "domain", "defaultCountry"]
  /// What `message.` can be followed by.
  public static let message = [
    "id", "title", "subject", "messageType", "status", "scheduledFor", "sentAt", "createdAt", "updatedAt",
  ]

  /// - Parameters:
  ///   - declared: names that the template says it needs.
  ///   - settings: names of `--set`.
  public init(declared: [String] = [], settings: some Sequence<String> = []) {
    for field in TemplateFields.names { roots[field] = .nothing }
    roots["groups"] = .these(["id", "name", "type"])
    roots["custom"] = .anything
    roots["customFields"] = .anything
    roots["organization"] = .these(Self.organization)
    roots["message"] = .these(Self.message)
    roots["today"] = .nothing
    for name in declared + settings { roots[Self.first(of: name)] = .anything }
  }

  /// The names that can be listed: those with anything below are there alone.
  public var all: [String] {
    roots.flatMap { root, below in
      if case .these(let names) = below, root != "groups" { names.map { "\(root).\($0)" } } else { [root] }
    }.sorted()
  }

  /// What can stand below a name; nil where the name is not known.
  func below(_ name: String) -> Below? {
    let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let first = parts.first, let below = roots[first] else { return nil }
    guard parts.count > 1, let rest = parts.last else { return below }
    switch below {
    case .nothing: return nil
    case .anything: return .anything
    case .these(let names): return names.contains(rest) && first != "groups" ? .nothing : nil
    }
  }

  private static func first(of name: String) -> String { String(name.prefix { $0 != "." }) }
}
