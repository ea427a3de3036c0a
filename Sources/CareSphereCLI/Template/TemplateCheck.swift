import CareSphereKit
import CommandLineKit
import TextFormats

/// `caresphere template check`.
enum TemplateCheck {
  static let command = Command(
    CommandSpec(
      name: "check",
      abstract: "Find what would go wrong when a template is sent",
      discussion: """
        Looks through the subject, the content and all partials, and tells of every unknown name, missing partial \
        and unbalanced section with its line and column; then it ends with status 3.

        Known are the fields of members (firstName, lastName, email, city, tags, groups and the others), fullName, \
        age, custom.NAME for any NAME, organization.name, organization.timezone, organization.domain, \
        organization.defaultCountry, message.title and the other fields of a message, unsubscribeUrl, today, and \
        what the template declares with --variable. In a section of groups, id, name and type are known.
        """,
      arguments: [.template],
      examples: [.init("caresphere template check birthday", "Is every name in it known?")]),
    access: .atLeast(.member), run: run)

  private static func run(_ context: Context) throws {
    try context.output.checkReport(keys: ["ok", "template", "variables", "partials", "problems"])
    let database = try context.database()
    let (template, review) = try database.read {
      let template = try context.template()
      let review = try TemplateReview(
        template.values.texts, template: template.name,
        names: TemplateNames(declared: template.values.variables), finder: TemplateFinder(database))
      return (template, review)
    }
    try review.check("“\(template.name)”")
    let variables = review.uses.filter { $0.kind != .partial && $0.name != "." }.map(\.name)
    let partials = review.uses.filter { $0.kind == .partial }.map(\.name)
    let report = JSONObject([
      ("ok", true), ("template", TemplateOutput.reference(template)),
      ("variables", .strings(Set(variables).sorted())), ("partials", .strings(Set(partials).sorted())),
      ("problems", []),
    ])
    try context.emitResult { try context.output.emit(report: Report(report)) }
  }
}
