import Glibc
import Synchronization
import TextFormats

/// A time zone: where days begin and what a clock on the wall shows.
///
/// FoundationEssentials has no named zones, so the C library's are used. It knows one zone for the
/// whole process, `TZ` at the last `tzset`; a `Zone` sets it when it is made, and again only if
/// another one has been made and used since, which a program with one organization never does.
public struct Zone: Equatable, Sendable {
  /// The name to show: `Africa/Lagos`, what `TZ` holds, or the system zone's name.
  public let name: String
  /// The value of `TZ`; nil is the system zone.
  private let setting: String?

  /// Coordinated Universal Time.
  public static let utc = Zone(name: "UTC", setting: "UTC0")

  /// The zone of the organization, else of `TZ`, else of the system.
  /// - Parameters:
  ///   - organization: `organization.timezone` of the configuration, a name of the IANA database.
  ///   - environment: the process's environment; an unknown `TZ` counts as UTC, as it does everywhere in Unix.
  /// - Throws: `CareError(.validation)` where the organization's zone does not exist.
  public init(organization: String?, environment: [String: String]) throws {
    if let organization {
      try self.init(named: organization)
    } else if let value = environment["TZ"] {
      self.init(name: Zone.displayName(ofTZ: value), setting: value)
    } else {
      self.init(name: Zone.systemName(), setting: nil)
    }
    Zone.libraryZone.withLock { $0.use(setting) }
  }

  /// A zone of the IANA database, for example `Africa/Lagos`.
  /// - Throws: `CareError(.validation)` where there is none of that name.
  public init(named name: String) throws {
    if name == "UTC" {
      self = .utc
      return
    }
    guard Zone.exists(name) else {
      throw CareError(
        .validation, "there is no time zone “\(VisibleText.of(String(name.prefix(100))))”",
        hint: "use a name such as Africa/Lagos or Europe/Berlin; \(Zone.directory) has them all")
    }
    self.init(name: name, setting: name)
    Zone.libraryZone.withLock { $0.use(setting) }
  }

  private init(name: String, setting: String?) {
    self.name = name
    self.setting = setting
  }

  /// The offset in force, in seconds east of Greenwich.
  public func offset(at moment: Timestamp) -> Int {
    Zone.libraryZone.withLock { library in
      library.use(setting)
      return library.offset(at: moment.secondsSinceEpoch)
    }
  }

  /// The C library's zone: `TZ` and what `tzset` made of it. It is the process's whatever we do; the
  /// lock keeps two zones (in tests) from pulling it from under each other.
  private static let libraryZone = Mutex(LibraryZone())

  private struct LibraryZone {
    private var isSet = false
    private var setting: String?

    /// Makes `wanted` the zone of the C library, unless it is already.
    mutating func use(_ wanted: String?) {
      guard !isSet || setting != wanted else { return }
      if let wanted {
        setenv("TZ", wanted, 1)
      } else if isSet {
        setenv("TZ", ":/etc/localtime", 1)
      }
      tzset()
      isSet = true
      setting = wanted
    }

    /// Seconds east of Greenwich at a moment; 0 where the C library cannot say.
    func offset(at seconds: Int) -> Int {
      var moment: time_t = seconds
      var parts = tm()
      return localtime_r(&moment, &parts) == nil ? 0 : parts.tm_gmtoff
    }
  }
}

extension Zone {
  private static let directory = "/usr/share/zoneinfo"

  /// Whether the IANA database of this machine has a zone of that name. The name becomes part of a
  /// path, so it may have the characters of zone names only, and no `.` at all.
  private static func exists(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard (1...255).contains(bytes.count), bytes.first != UInt8(ascii: "/") else { return false }
    let isName = bytes.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"),
        UInt8(ascii: "/"):
        true
      default: false
      }
    }
    return isName && isZoneFile("\(directory)/\(name)")
  }

  /// Whether the file begins as zone files do (RFC 8536).
  private static func isZoneFile(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var magic = [UInt8](repeating: 0, count: 4)
    return read(descriptor, &magic, 4) == 4 && magic == Array("TZif".utf8)
  }

  private static func displayName(ofTZ value: String) -> String {
    if value.isEmpty { return "UTC" }
    return value.hasPrefix(":") ? String(value.dropFirst()) : value
  }

  /// The zone that /etc/localtime points at, as far as its name can be told.
  private static func systemName() -> String {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let length = buffer.withUnsafeMutableBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        characters.baseAddress.map { readlink("/etc/localtime", $0, characters.count) } ?? -1
      }
    }
    guard length > 0, length <= buffer.count else { return "local" }
    let target = String(decoding: buffer[..<length], as: UTF8.self)
    guard let range = target.range(ofLast: "zoneinfo/") else { return "local" }
    return String(target[range...])
  }
}

extension String {
  /// The index behind the last occurrence of `part`.
  fileprivate func range(ofLast part: String) -> String.Index? {
    var rest = self[...]
    while !rest.isEmpty {
      if rest.hasSuffix(part) { return rest.endIndex }
      rest = rest.dropLast()
    }
    return nil
  }
}
