import CareSphereKit
import CommandLineKit

/// `caresphere member merge`.
enum MemberMergeInto {
  static let command = Command(
    CommandSpec(
      name: "merge",
      abstract: "Make one person of several",
      discussion: """
        Moves all that belongs to OTHER to KEEP, and deletes OTHER: groups, notes, activities, tags and custom \
        fields are joined, fields that KEEP lacks are filled, and whoever opted out of a channel under one of \
        the names stays opted out. What differs is kept in a note, so that nothing is lost. It asks first.
        """,
      arguments: [
        ArgumentSpec("KEEP", "The person who stays: an id or part of one, an e-mail address, or ext:ID"),
        ArgumentSpec("OTHER", "The same person once more, who goes", arity: .oneOrMore),
      ],
      examples: [
        .init("caresphere member merge 1a2b3c4d 5e6f7a8b", "Two records of one person."),
        .init("caresphere member merge ext:17 ext:203 ext:204 --yes", "Three, without asking."),
      ]),
    access: .atLeast(.moderator), run: run)

  private static func run(_ context: Context) throws {
    try MemberOutput.check(context)
    let (keep, others) = try people(context)
    let names = others.map(describe).joined(separator: " and ")
    try context.confirm(
      "Merge \(names) into \(describe(keep)), and delete \(others.count == 1 ? "it" : "them")?")
    let provenance = try context.provenance()
    let record = try context.write { database in
      let (keep, others) = try people(context)
      let merged = try MemberMerge(database, ids: context.ids, provenance: provenance)
        .merge(others, into: keep)
      return try MemberOutput.record(of: merged, context)
    }
    try context.emitResult { try MemberOutput.emit(record, context) }
  }

  private static func people(_ context: Context) throws -> (keep: Member, others: [Member]) {
    let finder = MemberFinder(try context.database())
    let keep = try finder.find(context.parsed.argument("KEEP") ?? "")
    let others = try finder.find(all: context.parsed.arguments("OTHER"))
    guard !others.contains(where: { $0.id == keep.id }) else {
      throw CareError(
        .validation, "\(describe(keep)) cannot be merged with themselves",
        details: .fields([.init("OTHER", "is the same as KEEP")]))
    }
    return (keep, others)
  }

  private static func describe(_ member: Member) -> String { "\(member.fullName) (\(member.id.suffix(8)))" }
}
