/// Texts to be written to many.
enum TemplateNoun {
  static let noun = Noun(
    "template", "Keep texts with places for what is each person's own",
    discussion: """
      A template is Mustache: {{firstName}} stands for a value, {{#email}}…{{/email}} is there where there is one, \
      {{^email}}…{{/email}} where there is none, {{#tags}}{{.}}{{/tags}} once for each, {{! … }} never, {{> Footer}} \
      is the template of that name, and {{=<% %>=}} changes the signs. In an html body & < > and double quotes \
      of values are escaped, but not in {{{name}}} and {{&name}}; other bodies and subjects escape nothing. A \
      partial escapes as the template that includes it.

      TEMPLATE is the name of a template, whatever its letter case, its id, or the beginning or end of the id.
      """,
    verbs: [
      TemplateAdd.command,
      TemplateList.command,
      TemplateShow.command,
      TemplateUpdate.command,
      TemplateDelete.command,
      TemplateCheck.command,
      TemplateRender.command,
    ])
}
