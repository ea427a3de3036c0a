import Glibc
import SQLiteStore

/// The mails to a person that lie in our own Maildir, which go when the person is erased. They are looked up before the
/// deletion, which takes the ids along that name their files, and removed before it is committed.
public struct MaildirCopies {
  private let path: String
  private let names: Set<String>

  /// Notes which mails were written to a member.
  /// - Parameters:
  ///   - member: the id.
  ///   - configuration: says where the Maildir is.
  public init(of member: String, _ database: Database, configuration: Configuration) throws {
    path = Transports.maildirPath(configuration, databasePath: database.path)
    var names: Set<String> = []
    try database.query("SELECT id FROM message_recipients WHERE member_id = ?", [.text(member)]) { row in
      if let name = MaildirTransport.fileName(of: row.string(0)) { names.insert(name) }
    }
    self.names = names
  }

  /// Removes them, also those that a mail program has marked as seen (`NAME:2,S`).
  /// - Returns: how many there were
  /// - Throws: `CareError(.io)` where a folder cannot be read or a file not removed
  public func remove() throws(CareError) -> Int {
    var count = 0
    for folder in names.isEmpty ? [] : ["tmp", "new", "cur"] {
      for file in try files(in: "\(path)/\(folder)")
      where names.contains(String(file.prefix { $0 != ":" })) {
        guard unlink("\(path)/\(folder)/\(file)") == 0 || errno == ENOENT else {
          throw failure("remove", "\(path)/\(folder)/\(file)")
        }
        count += 1
      }
    }
    return count
  }

  private func files(in folder: String) throws(CareError) -> [String] {
    if let files = FolderListing.names(in: folder) { return files }
    if errno == ENOENT { return [] }
    throw failure("read", folder)
  }

  private func failure(_ action: String, _ path: String) -> CareError {
    CareError(.io, "cannot \(action) \(path): \(String(cString: strerror(errno)))")
  }
}
