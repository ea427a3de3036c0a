import Glibc
import SQLiteStore
import TextFormats

/// When the last good backup was made, and where, as the database itself remembers it.
public struct BackupRecord: Equatable, Sendable {
  /// When it was made, `YYYY-MM-DDTHH:MM:SSZ`.
  public var at: String
  /// Where it was put, absolute and without links in its folders.
  public var path: String
  /// How large it was then; 0 where the record does not say.
  public var bytes: Int
  /// Where those before it were put, the latest first: one of each folder that has dated ones.
  public private(set) var earlier: [String] = []

  /// How many places are remembered.
  private static let mostPlaces = 50

  /// - Parameters:
  ///   - at: when it was made.
  ///   - path: where it is.
  ///   - bytes: how large it is.
  public init(at: Timestamp, path: String, bytes: Int) {
    self.at = at.description
    self.path = path
    self.bytes = bytes
  }

  /// What the database remembers; nil where there has been none.
  public init?(_ database: Database) throws {
    guard let object = try Settings(database).value(.lastBackup).flatMap({ JSONObject(parsing: $0) }),
      case .string(let at)? = object["at"], case .string(let path)? = object["path"]
    else { return nil }
    self.at = at
    self.path = path
    if case .number(let number)? = object["bytes"] { bytes = Int(number) ?? 0 } else { bytes = 0 }
    earlier = object["earlier"]?.texts ?? []
  }

  /// For how many seconds nobody need be told that there has been no other: weekly ones may be a day late.
  private static let patience = 8 * 86_400

  /// Whether what was made at a time is so old that backups seem to have stopped. A time that is still to come tells
  /// nothing: a clock that ran ahead has written it down.
  public static func isStale(_ at: String, now: Timestamp) -> Bool {
    guard let at = Timestamp(at) else { return true }
    return at < now.adding(seconds: -patience) ?? .min || at > ClockDrift.limit(now)
  }

  /// The folder of dated ones, else the file itself.
  private static func place(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), BackupName.matches(String(path[path.index(after: slash)...]))
    else { return path }
    return String(path[...slash])
  }

  /// Whether the file is still there.
  public var isThere: Bool { access(path, F_OK) == 0 }

  /// Stores it, with the places that the database remembers already. Call it within `Database.write`.
  public func store(_ database: Database) throws {
    let before = try BackupRecord(database)
    var places: Set = [Self.place(path)]
    let earlier = (self.earlier + [before?.path].compactMap(\.self) + (before?.earlier ?? [])).filter {
      places.insert(Self.place($0)).inserted
    }
    let object = JSONObject([
      ("at", .string(at)), ("path", .string(path)), ("bytes", .integer(bytes)),
      ("earlier", .strings(Array(earlier.prefix(Self.mostPlaces)))),
    ])
    try Settings(database).set(.lastBackup, JSONWriter.string(.object(object)))
  }
}
