/// People.
enum MemberNoun {
  static let noun = Noun(
    "member", "Keep the people: add, find, import and export them",
    verbs: [MemberImport.command])
}
