import Foundation
import Testing

/// A mail as a server got it.
public struct ReceivedMail: Sendable {
  /// The number of the connection it came by, from 1.
  public let connection: Int
  public let isEncrypted: Bool
  /// Who had logged in.
  public let user: String?
  public let sender: String
  public let recipients: [String]
  /// Of MAIL FROM, such as `SMTPUTF8` and `SIZE=12`.
  public let options: [String]
  /// Byte for byte, without what SMTP adds on the way.
  public let content: [UInt8]

  init(_ entry: [String: Any]) throws {
    let content = try #require(entry["content"] as? String)
    self.content = Array(try #require(content.data(using: .isoLatin1)))
    connection = try #require(entry["connection"] as? Int)
    isEncrypted = entry["tls"] as? Bool ?? false
    user = entry["user"] as? String
    sender = entry["sender"] as? String ?? ""
    recipients = entry["recipients"] as? [String] ?? []
    options = entry["options"] as? [String] ?? []
  }

  /// The content as text.
  public var text: String { String(decoding: content, as: UTF8.self) }

  /// The first header of this name, unfolded; nil where there is none.
  public func header(_ name: String) -> String? {
    let head = text.components(separatedBy: "\r\n\r\n").first ?? ""
    let unfolded = head.replacingOccurrences(of: "\r\n ", with: " ").replacingOccurrences(
      of: "\r\n\t", with: " ")
    for line in unfolded.components(separatedBy: "\r\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == name.lowercased() else { continue }
      return parts[1].trimmingCharacters(in: .whitespaces)
    }
    return nil
  }
}
