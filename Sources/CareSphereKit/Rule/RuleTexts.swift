import SQLiteStore
import TextFormats

/// Fills in the texts of actions for one person after the other.
final class RuleTexts {
  private struct Text {
    var program: MustacheProgram
    var people: PersonReader
  }

  private let database: Database
  private let clock: Clock
  private let context: MustacheContext
  private var texts: [String: Text] = [:]

  /// - Parameter clock: its effective day is `today`, and that of ages.
  init(_ database: Database, organization: Configuration.Organization, clock: Clock) {
    self.database = database
    self.clock = clock
    context = .forMembers(organization: organization, today: clock.today)
  }

  /// The text for somebody.
  /// - Parameter member: nil where it is for nobody: what is a person's is absent.
  /// - Throws: `CareError(.validation)` where the Mustache is wrong or gives too much.
  func fill(_ source: String, for member: Member?) throws -> String {
    let text = try text(source)
    guard let member, !text.program.usedFields.isEmpty else { return try text.program.render([]) }
    // There is nothing to unsubscribe from.
    return try text.program.render(try text.people.person(member.id, unsubscribeURL: "")?.values ?? [])
  }

  private func text(_ source: String) throws -> Text {
    if let text = texts[source] { return text }
    let program = try MustacheProgram(
      MustacheTemplate(source), context: context, escaping: .none, partial: TemplateFinder(database).partial)
    let text = Text(
      program: program, people: try PersonReader(database, used: program.usedFields, clock: clock))
    texts[source] = text
    return text
  }
}
