/// The commands without a noun: set-up and care.
enum SetupNoun {
  static let noun = Noun(
    "", "set-up and care",
    verbs: [
      Init.command, Status.command, Check.command, Backup.command, Restore.command, Demo.command,
      Audit.command,
      Completion.command,
    ])
}
