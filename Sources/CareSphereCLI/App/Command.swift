import CareSphereKit
import CommandLineKit

/// A verb: its declaration, who may run it, and what it does.
struct Command: Sendable {
  var spec: CommandSpec
  var access: Access
  var run: @Sendable (Context) throws -> Void
  /// Whether a mail server runs it, which keeps the mail and tries again where it ends with status 75.
  var isForMailServers = false

  /// - Parameters:
  ///   - spec: what parser, help, man pages and completions are made of.
  ///   - access: who may run it; `App` asks before `run` is called.
  ///   - run: does the work and emits its result, or throws.
  init(_ spec: CommandSpec, access: Access, run: @escaping @Sendable (Context) throws -> Void) {
    self.spec = spec
    // Said in one place for all of them, from what is enforced.
    self.spec.discussion =
      spec.discussion.isEmpty ? access.sentence : spec.discussion + "\n\n" + access.sentence
    self.access = access
    self.run = run
  }
}

/// A noun and its verbs; or, with the name "", the commands that have no noun.
struct Noun: Sendable {
  var name: String
  /// One line, without a full stop.
  var abstract: String
  /// Paragraphs for the noun's man page.
  var discussion: String
  var verbs: [Command]

  init(_ name: String, _ abstract: String, discussion: String = "", verbs: [Command]) {
    self.name = name
    self.abstract = abstract
    self.discussion = discussion
    self.verbs = verbs
  }
}
