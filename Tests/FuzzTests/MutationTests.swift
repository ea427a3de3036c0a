import Foundation
import FuzzOracles
import TestSupport
import Testing

/// What must hold for each parser whatever it is given, asked with what was found once and with mutations that are the
/// same each time. `make fuzz` asks the same with libFuzzer's.
@Suite(.serialized) struct MutationTests {
  private static func setting(_ name: String, _ standard: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
  }

  @Test(arguments: FuzzTarget.allCases)
  func whatWasFoundOnceIsMended(_ target: FuzzTarget) throws {
    let files = FuzzFiles(target: target)
    let texts = try files.corpus().merging(files.cases()) { text, _ in text }
    #expect(!texts.isEmpty)
    for (name, bytes) in texts {
      #expect(throws: Never.self, "\(target)/\(name)") { try target.check(bytes) }
    }
  }

  @Test(arguments: FuzzTarget.allCases)
  func mutationsBreakNoPromise(_ target: FuzzTarget) throws {
    let files = FuzzFiles(target: target)
    let seeds = try files.corpus().merging(files.cases()) { text, _ in text }
      .sorted { $0.key < $1.key }.map(\.value)
    let mutator = Mutator(seeds: seeds, words: try files.words())
    let first = Self.setting("CARESPHERE_TEST_SEED", 1) &* 1_000_000
    // A crash takes the whole run with it, and so tells nobody what it was at.
    let note = FileManager.default.temporaryDirectory.path + "/caresphere-mutation-\(target)-\(getpid())"
    for seed in first..<first + Self.setting("CARESPHERE_TEST_MUTATIONS", 300) {
      var generator = SeededGenerator(seed: UInt64(truncatingIfNeeded: seed))
      let bytes = mutator.text(&generator)
      try Data(bytes).write(to: URL(fileURLWithPath: note))
      do {
        try target.check(bytes)
      } catch {
        Issue.record(
          "\(target), seed \(seed), \(bytes.count) bytes: \(error)\n\(Data(bytes).base64EncodedString())")
      }
    }
    try FileManager.default.removeItem(atPath: note)
  }
}
