import SQLiteStore
import TextFormats

/// `templates.template_type`: which way a template's messages go.
public enum TemplateType: String, CaseIterable, Sendable {
  case email, sms, push, whatsapp
}

/// How the content of a template or message is meant.
public enum BodyFormat: String, CaseIterable, Sendable {
  case text, html, markdown

  /// How `{{name}}` is escaped in a text that is read as it is: only HTML is markup then.
  public var escaping: MustacheEscaping { self == .html ? .html : .none }
}

/// A text to be written to many, with places for what is theirs.
public struct Template: Equatable, Sendable {
  /// A UUID of version 7.
  public var id: String
  /// What people have decided; the rest is what the program has noted.
  public var values: TemplateValues
  /// How many messages were sent from it.
  public var usageCount: Int
  /// The id of the user who made it.
  public var createdBy: String?
  /// When it was made, `YYYY-MM-DDTHH:MM:SSZ`.
  public var createdAt: String
  /// When one of `values` last changed, `YYYY-MM-DDTHH:MM:SSZ`; sending from it is no change.
  public var updatedAt: String

  /// What partials include it by; unique among templates, whatever the letter case.
  public var name: String { values.name }

  /// The columns that `init(row:)` reads, for a SELECT over `templates`.
  static let columns =
    "id, name, description, template_type, category, subject, content, body_format, variables, thumbnail_url, "
    + "is_active, usage_count, created_by, created_at, updated_at"

  /// Reads the current row of a SELECT of `columns`.
  init(row: Statement) {
    id = row.string(0)
    values = TemplateValues(name: row.string(1), content: row.string(6))
    values.description = row.text(2)
    values.type = TemplateType(rawValue: row.string(3)) ?? .email
    values.category = row.text(4)
    values.subject = row.text(5)
    values.bodyFormat = BodyFormat(rawValue: row.string(7)) ?? .text
    values.variables = Member.strings(row.text(8))
    values.thumbnailURL = row.text(9)
    values.isActive = row.integer(10) != 0
    usageCount = row.integer(11)
    createdBy = row.text(12)
    createdAt = row.string(13)
    updatedAt = row.string(14)
  }

  /// The template in the API design's names.
  public var json: JSONObject {
    JSONObject(
      [("id", .string(id))] + values.json.members.map { ($0.key, $0.value) } + [
        ("usageCount", .integer(usageCount)), ("createdBy", .optional(createdBy)),
        ("createdAt", .string(createdAt)), ("updatedAt", .string(updatedAt)),
      ])
  }
}

/// What of a template people decide on.
public struct TemplateValues: Equatable, Sendable {
  /// 1 to 255 characters; unique among templates, whatever the letter case.
  public var name: String
  /// For those who choose among templates; nobody is sent it. Nil where there is none.
  public var description: String?
  /// Which way its messages go by themselves; in-app ones can be made of `sms` and `push`, too.
  public var type = TemplateType.email
  /// A word of the organization's own, at most 100 characters; nil where there is none.
  public var category: String?
  /// Mustache, one line, never escaped.
  public var subject: String?
  /// Mustache.
  public var content: String
  /// Other than `text` for e-mail only.
  public var bodyFormat = BodyFormat.text
  /// The names that are to be given when a message is sent, besides those that are always known.
  public var variables: [String] = []
  /// `http` or `https`, which nothing fetches; nil where there is none.
  public var thumbnailURL: String?
  /// Whether new messages and rules can be made from it; as a partial it is included either way.
  public var isActive = true

  /// An active template of plain text for e-mail.
  public init(name: String, content: String) {
    self.name = name
    self.content = content
  }

  /// The name as it is compared.
  var nameKey: String { CaseFolding.fold(name) }

  /// The texts that are Mustache, under the names of their fields.
  public var texts: [TemplateText] {
    (subject.map { [TemplateText(field: "subject", text: $0)] } ?? [])
      + [TemplateText(field: "content", text: content)]
  }

  /// The values in the API design's names.
  public var json: JSONObject {
    JSONObject([
      ("name", .string(name)), ("description", .optional(description)),
      ("templateType", .string(type.rawValue)), ("category", .optional(category)),
      ("subject", .optional(subject)), ("content", .string(content)),
      ("bodyFormat", .string(bodyFormat.rawValue)), ("variables", .strings(variables)),
      ("thumbnailUrl", .optional(thumbnailURL)), ("isActive", .bool(isActive)),
    ])
  }
}

/// A field that holds Mustache.
public struct TemplateText: Equatable, Sendable {
  /// What it is of a record: `subject`, `content`.
  public var field: String
  /// Mustache as it was written; nothing is filled in.
  public var text: String

  /// A field and its text.
  public init(field: String, text: String) {
    self.field = field
    self.text = text
  }
}
