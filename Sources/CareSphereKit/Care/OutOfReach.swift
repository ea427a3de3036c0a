import Glibc
import SQLiteStore
import TextFormats

/// Copies of a database that a change to it does not reach: the files that were kept aside beside it, and backups.
public enum OutOfReach {
  /// The paths of those that are known and there: files beside the database that a restoration or a new schema has kept,
  /// the backups whose places the database remembers, those that were put back, and others like them in their folders.
  public static func files(_ database: Database) throws -> [String] {
    let (folder, name) = parts(database.path)
    let kept = names(in: folder).filter {
      $0.hasPrefix(name + ".before-restore-") || $0.hasPrefix(name + ".before-v")
    }
    var paths = kept.filter { !$0.hasSuffix("-wal") }.map { folder + "/" + $0 }
    let record = try BackupRecord(database)
    let backups = [record?.path].compactMap(\.self) + (record?.earlier ?? [])
    for path in Set(try restored(database) + backups) {
      let (folder, name) = parts(path)
      let others = BackupName.matches(name) ? names(in: folder).filter(BackupName.matches) : [name]
      paths += others.map { folder + "/" + $0 }.filter { access($0, F_OK) == 0 }
    }
    return Set(paths).sorted()
  }

  /// The backups that were put back: a copy does not know of itself, but its restoration was written down.
  private static func restored(_ database: Database) throws -> [String] {
    var paths: [String] = []
    try database.query("SELECT after FROM audit_log WHERE command = 'restore' AND entity = 'database'") {
      let report = $0.text(0).flatMap { JSONObject(parsing: $0) }
      if case .string(let path)? = report?["file"] { paths.append(path) }
    }
    return paths
  }

  private static func parts(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    return (String(path[..<slash]), String(path[path.index(after: slash)...]))
  }

  private static func names(in folder: String) -> [String] {
    FolderListing.names(in: folder.isEmpty ? "/" : folder) ?? []
  }
}
