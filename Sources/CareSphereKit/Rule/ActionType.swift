/// `automation_rules.action_type`: what a rule does.
public enum ActionType: String, CaseIterable, Sendable {
  case sendMessage = "send_message"
  case addTag = "add_tag"
  case removeTag = "remove_tag"
  case addToGroup = "add_to_group"
  case removeFromGroup = "remove_from_group"
  case updateMember = "update_member"
  case addNote = "add_note"
  case notifyUser = "notify_user"
}
