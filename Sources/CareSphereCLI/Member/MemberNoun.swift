/// People.
enum MemberNoun {
  static let noun = Noun(
    "member", "Keep the people of the community",
    verbs: [
      MemberAdd.command,
      MemberList.command,
      MemberSearch.command,
      MemberShow.command,
      MemberUpdate.command,
      MemberDelete.command,
      MemberImport.command,
      MemberUndoImport.command,
      MemberExport.command,
      MemberNote.command,
      MemberNotes.command,
      MemberLog.command,
      MemberActivities.command,
      MemberTag.command,
      MemberUntag.command,
      MemberDuplicatesList.command,
      MemberMergeInto.command,
      MemberConsent.command,
    ])
}
