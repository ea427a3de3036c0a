import Foundation
import FuzzOracles
import TestSupport

/// What is committed below Tests/Fuzz for a parser: small texts to begin with, what was found once, words of its format.
struct FuzzFiles {
  let target: FuzzTarget

  private static let folder = Repository.root + "/Tests/Fuzz/"

  /// Texts that show what the format has, by file name.
  func corpus() throws -> [String: [UInt8]] { try files("Corpus") }

  /// What broke a promise once, by file name.
  func cases() throws -> [String: [UInt8]] { try files("Cases") }

  private func files(_ kind: String) throws -> [String: [UInt8]] {
    let folder = Self.folder + kind + "/" + target.rawValue
    guard FileManager.default.fileExists(atPath: folder) else { return [:] }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return try Dictionary(
      uniqueKeysWithValues: names.map { name in
        (name, Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))))
      })
  }

  /// The words of libFuzzer's dictionary: a quoted string a line, in which `\\`, `\"` and `\xAB` are escapes.
  func words() throws -> [[UInt8]] {
    let text = try Repository.text("Tests/Fuzz/Dictionaries/\(target).dict")
    return text.split(separator: "\n").filter { $0.hasPrefix("\"") }.map { line in
      Self.unescaped(Array(line.utf8.dropFirst().dropLast())[...])
    }
  }

  private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var rest = text
    var result: [UInt8] = []
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
        result.append(byte)
        continue
      }
      if next == UInt8(ascii: "x"),
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        result.append(code)
        rest = rest.dropFirst(2)
      } else {
        result.append(next)
      }
    }
    return result
  }
}
