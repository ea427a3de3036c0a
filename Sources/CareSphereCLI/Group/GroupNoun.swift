/// Groups of people.
enum GroupNoun {
  static let noun = Noun(
    "group", "Put people into groups, by hand or by a filter",
    discussion: """
      A group holds the people who were put into it. A dynamic group has a filter instead, and holds whoever the \
      filter finds at the time.

      GROUP is the name of a group, whatever its letter case, its id, or the beginning or end of the id.
      """,
    verbs: [
      GroupAdd.command,
      GroupList.command,
      GroupShow.command,
      GroupUpdate.command,
      GroupDelete.command,
      GroupMembers.command,
      GroupAssign.command,
      GroupRemove.command,
      GroupSync.command,
    ])
}
