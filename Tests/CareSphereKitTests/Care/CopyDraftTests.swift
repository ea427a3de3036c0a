import Glibc
import TestSupport
import Testing

@testable import CareSphereKit

/// A copy under way is nobody else's to remove; what a dead process has left behind is.
@Suite struct CopyDraftTests {
  @Test func thoseThatAreMadeAtOnceStay() async throws {
    let sandbox = try Sandbox()
    defer { withExtendedLifetime(sandbox) {} }
    let folder = sandbox.path
    let gone = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask {
          try (0..<200).count { _ in
            let draft = try CopyDraft(in: folder)
            let wasThere = access(draft.path, F_OK) == 0
            // Looks for leftovers, as the others do meanwhile.
            _ = try CopyDraft(in: folder)
            return !wasThere || access(draft.path, F_OK) != 0
          }
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(gone == 0)
  }

  @Test func whatADeadProcessLeftBehindIsRemovedAndNothingElse() throws {
    let folder = try Sandbox()
    let leftover = ".caresphere-copy-0123456789abcdef"
    let letter = ".caresphere-letter"
    for name in [leftover, leftover + "-journal", letter] { try folder.write(name, "") }
    let draft = try CopyDraft(in: folder.path)
    #expect(!folder.exists(leftover))
    #expect(!folder.exists(leftover + "-journal"))
    #expect(folder.exists(letter))
    #expect(access(draft.path, F_OK) == 0)
  }
}
