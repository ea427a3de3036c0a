/// How backups in a folder are called: `caresphere-20251113T103000Z.db`. What has another name is somebody else's.
struct BackupName {
  private static let prefix = "caresphere-"
  private static let suffix = ".db"

  /// The name of a backup that is made at a time.
  static func text(_ time: Timestamp) -> String { prefix + stamp(time) + suffix }

  /// A time as names have it: `20251113T103000Z`.
  static func stamp(_ time: Timestamp) -> String {
    String(time.description.filter { $0 != "-" && $0 != ":" })
  }

  /// Whether a file of this name is a backup of ours.
  static func matches(_ name: String) -> Bool {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix),
      name.utf8.count == prefix.utf8.count + 16 + suffix.utf8.count
    else { return false }
    let stamp = Array(name.utf8.dropFirst(prefix.utf8.count).prefix(16))
    return stamp.enumerated().allSatisfy { index, byte in
      switch index {
      case 8: byte == UInt8(ascii: "T")
      case 15: byte == UInt8(ascii: "Z")
      default: (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      }
    }
  }
}
