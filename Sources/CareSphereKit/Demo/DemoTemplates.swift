import SQLiteStore

/// Makes the templates: those of a parish, of every type, and a part that others include.
struct DemoTemplates {
  static let newsletter = "Newsletter"
  static let birthday = "Birthday"
  static let welcome = "Welcome"
  static let rehearsal = "Rehearsal"
  static let reminder = "Reminder"
  static let camp = "Youth camp"

  private static let all: [TemplateValues] = [
    template("Signature", "parts", "— The office of {{organization.name}}\nYou get this as {{email}}."),
    template(
      newsletter, "news",
      """
      <h1>News for {{firstName}}</h1>
      <p>This is what happens in {{organization.name}} this month.</p>
      <p><a href="https://grace.example/calendar">The calendar</a> · \
      <a href="https://grace.example/sermons">Sermons to hear</a> · \
      <a href="https://grace.example/give">Giving</a></p>
      {{#city}}<p>Greetings to {{city}}!</p>{{/city}}
      <p>{{> Signature}}</p>
      """, subject: "News for {{firstName}}", format: .html),
    template(
      birthday, "care",
      "Dear **{{firstName}}**,\n\nall the best for your birthday, and God's blessing for the year to come!\n\n{{> Signature}}",
      subject: "Happy birthday, {{firstName}}!", format: .markdown),
    template(
      welcome, "care",
      "Dear {{firstName}},\n\nit is good to have you with us. Come and say hello on Sunday at ten.\n\n{{> Signature}}",
      subject: "Welcome, {{firstName}}"),
    template(rehearsal, "choir", "{{firstName}}, rehearsal is at 7 pm in the hall.", type: .sms),
    template(
      reminder, "services", "{{firstName}}, the service begins in an hour.", subject: "Service", type: .push),
    template(
      camp, "youth", "Hi {{firstName}}! Youth camp: bring a sleeping bag and a torch.", type: .whatsapp),
  ]

  private static func template(
    _ name: String, _ category: String, _ content: String, subject: String? = nil,
    type: TemplateType = .email,
    format: BodyFormat = .text
  ) -> TemplateValues {
    var values = TemplateValues(name: name, content: content)
    values.category = category
    values.subject = subject
    values.type = type
    values.bodyFormat = format
    return values
  }

  /// Stores all of them.
  /// - Returns: them by name
  static func make(
    _ database: Database, ids: UUIDv7Generator, provenance: Provenance
  ) throws -> [String: Template] {
    let store = TemplateStore(database, ids: ids, provenance: provenance)
    var templates: [String: Template] = [:]
    for values in all { templates[values.name] = try store.add(values) }
    return templates
  }
}
