import SQLiteStore
import TestSupport
import Testing
import TextFormats

@testable import CareSphereKit

/// A database with what rules refer to: groups, templates, a user and a message.
struct RuleFixture {
  private let base: DatabaseFixture
  let ids = UUIDv7Generator()
  let clock: Clock
  var database: Database { base.database }

  init(now: String = "2025-06-15T12:00:00Z") throws {
    base = try DatabaseFixture()
    clock = Clock(now: try #require(Timestamp(now)), zone: .utc)
    try database.write {
      for name in ["Youth", "Choir"] { _ = try groups.add(GroupValues(name: name)) }
      var dynamic = GroupValues(name: "Grown-ups")
      dynamic.query = "age >= 18"
      _ = try groups.add(dynamic)
      for (name, type, content) in [
        ("Hello", TemplateType.email, "Dear {{firstName}} {{> Foot}}"), ("Foot", .sms, "Bye"),
        ("Ping", .push, "Psst"), ("Chat", .whatsapp, "Hi"), ("Broken", .email, "{{firstNam}}"),
      ] {
        var values = TemplateValues(name: name, content: content)
        values.type = type
        _ = try templates.add(values)
      }
      var needy = TemplateValues(name: "Needy", content: "{{theme}} {{firstName}}")
      needy.variables = ["theme", "firstName"]
      _ = try templates.add(needy)
      var asleep = TemplateValues(name: "Asleep", content: "x")
      asleep.isActive = false
      _ = try templates.add(asleep)
      let user = User(
        id: ids.next(), email: "ada@grace.example", fullName: "Ada Obi", createdAt: clock.now,
        updatedAt: clock.now)
      try UserStore(database, now: clock.now).add(user, passwordHash: UserFixture.cheapHash)
      _ = try MessageStore(database, ids: ids, provenance: provenance())
        .add(MessageValues(title: "News", content: "x"))
    }
  }

  func provenance(at moment: Timestamp? = nil) -> Provenance {
    Provenance(actorID: nil, actor: "test", command: "test", at: moment ?? clock.now)
  }

  var groups: GroupStore { GroupStore(database, ids: ids, provenance: provenance()) }
  var templates: TemplateStore { TemplateStore(database, ids: ids, provenance: provenance()) }

  func store(at moment: Timestamp? = nil) -> RuleStore {
    RuleStore(database, ids: ids, provenance: provenance(at: moment))
  }

  var review: RuleReview {
    let finder = GroupFinder(database)
    return RuleReview(
      database, compiler: FilterCompiler(clock: clock) { try finder.reference($0) }, clock: clock)
  }

  /// The values that a request body makes.
  func values(_ body: String, over before: RuleValues? = nil) throws -> RuleValues {
    try RuleInput(flags: [], body: try JSONParser.parse(body)).values(over: before, review)
  }

  /// What a request body makes wrong: reasons by JSON path.
  func problems(_ body: String, over before: RuleValues? = nil) throws -> [String: String] {
    do {
      _ = try values(body, over: before)
      return [:]
    } catch let error as CareError where error.code == .validation {
      guard case .fields(let problems) = error.details else { return ["": error.message] }
      return Dictionary(problems.map { ($0.field, $0.reason) }) { "\($0); \($1)" }
    }
  }

  /// Adds a rule.
  func add(_ body: String, at moment: Timestamp? = nil) throws -> Rule {
    try database.write { try store(at: moment).add(try values(body)) }
  }

  func group(_ name: String) throws -> Group { try GroupFinder(database).resolve(name) }
  func template(_ name: String) throws -> Template { try TemplateFinder(database).resolve(name) }
}
