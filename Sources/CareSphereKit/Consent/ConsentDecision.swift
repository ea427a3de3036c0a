import SQLiteStore
import TextFormats

/// What a person has decided about a channel, as `member_consents` keeps it.
struct ConsentDecision: Equatable {
  var state: ConsentState
  /// Why, where the source says so.
  var reason: String?
  /// Where it comes from: a command, an import, an event.
  var source: String
  /// When it was recorded, `YYYY-MM-DDTHH:MM:SSZ`.
  var at: String

  /// What a decision says that it comes from which an import has brought.
  static func source(ofImport batch: String) -> String { importPrefix + batch }

  private static let importPrefix = "import "

  /// Whether it is not the person's own word but a file's, and goes when that import is taken back.
  var isFromImport: Bool { source.hasPrefix(Self.importPrefix) }

  /// The import that alone has brought it; nil where it is a person's own word, or several files have said it.
  var onlyImport: String? {
    isFromImport && !source.contains(",") ? String(source.dropFirst(Self.importPrefix.count)) : nil
  }

  /// Notes that the file of another import says the same.
  mutating func confirm(byImport batch: String) { source += ", " + Self.source(ofImport: batch) }

  /// Whether it is an opt-out that a file of another import has brought, or said as well.
  func isOptOut(ofOtherImportThan batch: String) -> Bool {
    state == .out && isFromImport && source != Self.source(ofImport: batch)
  }

  /// The decision as records show it, and as an import keeps it that changes it.
  var json: JSONValue {
    [
      "state": .string(state.rawValue), "reason": .optional(reason), "source": .string(source),
      "at": .string(at),
    ]
  }
}

extension ConsentDecision {
  /// Reads what `json` makes; nil for anything else.
  init?(json: JSONValue) {
    guard case .object(let object) = json, case .string(let word)? = object["state"],
      let state = ConsentState(rawValue: word), case .string(let source)? = object["source"],
      case .string(let at)? = object["at"]
    else { return nil }
    self.init(state: state, source: source, at: at)
    if case .string(let text)? = object["reason"] { reason = text }
  }
}

/// An opt-out that has outlived its person: it is kept with the address, whoever gets that next, until one of them
/// opts in.
struct KeptOptOut: Equatable {
  var digest: String
  var channel: Channel
  var reason: String?
  /// When it was kept, `YYYY-MM-DDTHH:MM:SSZ`.
  var at: String

  /// As an import keeps it that lets go of it.
  var json: JSONValue {
    [
      "digest": .string(digest), "channel": .string(channel.rawValue), "reason": .optional(reason),
      "at": .string(at),
    ]
  }
}

extension KeptOptOut {
  /// Reads what `json` makes; nil for anything else.
  init?(json: JSONValue) {
    guard case .object(let object) = json, case .string(let digest)? = object["digest"],
      case .string(let word)? = object["channel"], let channel = Channel(rawValue: word),
      case .string(let at)? = object["at"]
    else { return nil }
    self.init(digest: digest, channel: channel, at: at)
    if case .string(let text)? = object["reason"] { reason = text }
  }
}
