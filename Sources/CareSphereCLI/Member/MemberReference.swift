import CareSphereKit
import CommandLineKit

extension ArgumentSpec {
  /// MEMBER, or MEMBER…
  static func members(_ arity: Arity) -> ArgumentSpec {
    ArgumentSpec("MEMBER", "An id or part of one, an e-mail address, or ext:ID", arity: arity)
  }
}

extension Context {
  /// The member that the command line names.
  func member() throws -> Member {
    try MemberFinder(try database()).find(parsed.argument("MEMBER") ?? "")
  }
}
