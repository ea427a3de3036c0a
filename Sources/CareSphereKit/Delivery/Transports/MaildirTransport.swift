import Glibc

/// Mail as files of a Maildir (cr.yp.to/proto/maildir.html), line ends as local mail has them.
///
/// A file is named after the recipient's id and the time in it, so that an attempt that is made again, because the
/// first was killed before it could be noted, replaces the first one's file.
final class MaildirTransport: Transport {
  let path: String
  private var isMade = false

  /// - Parameter path: of the folder that has `tmp`, `new` and `cur` in it; it is made where it is missing.
  init(path: String) {
    self.path = path
  }

  func deliver(_ outgoing: Outgoing) -> DeliveryOutcome {
    guard let name = Self.fileName(of: outgoing.recipientID) else {
      return .refused("\(outgoing.recipientID) cannot name a file", isHardBounce: false)
    }
    do throws(CareError) {
      if !isMade {
        for folder in ["tmp", "new", "cur"] { try PrivateFile.makeFolder("\(path)/\(folder)") }
        isMade = true
      }
      try write(MailText.withLocalLineEnds(outgoing.content), name)
      return .accepted(providerID: nil)
    } catch {
      isMade = false
      return .unavailable(error.message)
    }
  }

  private func write(_ bytes: [UInt8], _ name: String) throws(CareError) {
    let (draft, final) = ("\(path)/tmp/\(name)", "\(path)/new/\(name)")
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(draft) }
    let isWritten = FileBytes.write(bytes, to: descriptor) && fsync(descriptor) == 0
    let problem = isWritten ? nil : failure(draft)
    close(descriptor)
    guard problem == nil, rename(draft, final) == 0 else {
      let reason = problem ?? failure(final)
      unlink(draft)
      throw reason
    }
    FileBytes.sync(folder: "\(path)/new")
  }

  private func failure(_ file: String) -> CareError {
    CareError(.io, "cannot write \(file): \(String(cString: strerror(errno)))")
  }

  /// `SECONDS.ID.caresphere`; nil for an id that is no plain word.
  static func fileName(of id: String) -> String? {
    let isPlain = id.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard isPlain, !id.isEmpty, id.utf8.count <= 100 else { return nil }
    // A version 7 id begins with the milliseconds (RFC 9562, section 5.7).
    let digits = id.filter { $0 != "-" }.prefix(12)
    let seconds = (Int(digits, radix: 16) ?? 0) / 1000
    return "\(seconds).\(id).caresphere"
  }
}
