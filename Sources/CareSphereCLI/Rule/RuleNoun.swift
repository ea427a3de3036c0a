/// What happens by itself.
enum RuleNoun {
  static let noun = Noun(
    "rule", "Let things happen by themselves, each once",
    discussion: """
      A rule waits for something, its trigger, looks whether its conditions hold, and then does something, its \
      action. For each person and each occurrence of the trigger it acts once, however often it is run; what was \
      before it was made, enabled, or given another trigger does not count.

      Triggers and their settings: member_created; member_updated (fields: a list); status_changed (from, to); \
      group_joined, group_left (group); tag_added (tag); message_opened, message_clicked, message_failed (message); \
      all of these with delay, in minutes. birthday, anniversary, and date (field: a date field or custom.NAME), \
      with offsetDays (below 0 is before), at (HH:MM), repeat ("yearly", "once" or {"everyDays":N,"times":M}) and \
      leapDay ("02-28" or "03-01", where a year has no 29 February). schedule (cron: five fields as crontab(5) has \
      them). inactivity (days). Times are those of the organization's zone. Without settings a delay is 0, an \
      offset 0, the time 00:00, and a date comes yearly, but that of the trigger date once.

      Actions and their settings: send_message (templateId, or subject and content; messageType); add_tag, \
      remove_tag (tag); add_to_group, remove_from_group (group); update_member (set: an object of fields and \
      values); add_note (note, noteType); notify_user (user, note; shown by: caresphere user inbox). Texts and values \
      are templates, as caresphere help template explains them.

      RULE is the name of a rule, whatever its letter case, its id, or the beginning or end of the id.
      """,
    verbs: [
      RuleAdd.command,
      RuleList.command,
      RuleShow.command,
      RuleUpdate.command,
      RuleDelete.command,
      RuleEnable.command,
      RuleDisable.command,
      RuleRunVerb.command,
      RuleExecuteVerb.command,
      RuleLogs.command,
    ])
}
