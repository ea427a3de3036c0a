import Glibc
import Testing

/// Compares text with a file under `Snapshots`. `CARESPHERE_RECORD=1 swift test --filter CommandLineKitTests` writes
/// the files anew; such a run fails, so that nobody takes it for a passed test.
func expectSnapshot(
  _ text: String, named name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let folder =
    String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.endIndex)) + "/Snapshots"
  let path = "\(folder)/\(name)"
  if getenv("CARESPHERE_RECORD") != nil {
    mkdir(folder, 0o755)
    let file = try #require(fopen(path, "w"), sourceLocation: sourceLocation)
    fputs(text, file)
    fclose(file)
    Issue.record("recorded \(name); look at the difference, then run without CARESPHERE_RECORD")
    return
  }
  let file = try #require(fopen(path, "r"), "no snapshot \(name)", sourceLocation: sourceLocation)
  defer { fclose(file) }
  var bytes = [UInt8](repeating: 0, count: 1 << 20)
  let count = fread(&bytes, 1, bytes.count, file)
  let expected = String(decoding: bytes.prefix(count), as: UTF8.self)
  #expect(text == expected, "differs from \(name)", sourceLocation: sourceLocation)
}
