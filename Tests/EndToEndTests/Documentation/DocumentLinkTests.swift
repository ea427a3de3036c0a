import Foundation
import TestSupport
import Testing

/// A link in what is read leads somewhere: to a file that is there, and to a heading that it has.
@Suite struct DocumentLinkTests {
  private static let documents: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: Repository.root + "/docs")) ?? []
    return ["README.md", "CONTRIBUTING.md"]
      + names.filter { $0.hasSuffix(".md") }.sorted().map { "docs/" + $0 }
  }()

  @Test(arguments: documents)
  func everyLinkLeadsSomewhere(_ document: String) throws {
    let folder = (document as NSString).deletingLastPathComponent
    for link in Self.links(in: try Repository.text(document)) where !link.contains("://") {
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let file =
        (parts.first ?? "").isEmpty ? document : (folder as NSString).appendingPathComponent(parts[0])
      let path = (Repository.root as NSString).appendingPathComponent(file)
      #expect(FileManager.default.fileExists(atPath: path), "\(document): \(link)")
      guard parts.count == 2, file.hasSuffix(".md") else { continue }
      let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      #expect(Self.anchors(in: text).contains(parts[1]), "\(document): \(link)")
    }
  }

  @Test func theyNameNoMachine() throws {
    for document in Self.documents {
      let text = try Repository.text(document)
      for word in ["/root/", "/tmp/", "/work/"] { #expect(!text.contains(word), "\(document): \(word)") }
    }
  }

  @Test(arguments: [
    ("## 3. Birthday mail", "3-birthday-mail"), ("# `check`, and more", "check-and-more"),
    ("### What it's _for_ (here)", "what-its-_for_-here"),
  ])
  func headingsHaveAnchors(heading: String, anchor: String) {
    #expect(Self.anchors(in: heading) == [anchor])
  }

  /// The targets of Markdown's `[text](target)`, without those in blocks of code.
  private static func links(in markdown: String) -> [String] {
    prose(markdown).joined(separator: "\n").components(separatedBy: "](").dropFirst()
      .compactMap { $0.split(separator: ")", maxSplits: 1).first.map(String.init) }
  }

  /// The anchors that GitHub gives to headings: lower case, spaces as hyphens, and no punctuation but those and `_`.
  private static func anchors(in markdown: String) -> Set<String> {
    Set(
      prose(markdown).filter { $0.hasPrefix("#") }.map { line in
        let title = line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
        return String(
          title.compactMap { character -> Character? in
            if character == " " { return "-" }
            return character.isLetter || character.isNumber || character == "-" || character == "_"
              ? character : nil
          })
      })
  }

  private static func prose(_ markdown: String) -> [String] {
    var isCode = false
    return markdown.components(separatedBy: "\n").filter { line in
      if line.hasPrefix("```") { isCode.toggle() }
      return !isCode && !line.hasPrefix("```")
    }
  }
}
