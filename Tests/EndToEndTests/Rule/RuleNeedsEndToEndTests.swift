import Foundation
import TestSupport
import Testing

/// What rules need cannot be deleted but with `--force`, which disables them.
@Suite struct RuleNeedsEndToEndTests {
  private let community: Community

  init() throws { community = try Community() }

  @Test func forceDisablesTheRulesThatNeedWhatGoes() throws {
    try community.run("template", "add", "T", "--content", "x")
    try community.run("group", "add", "G")
    try community.run(
      "user", "add", "eve@grace.example", "--full-name", "Eve", "--password-stdin",
      stdin: "Sunday-Morning-7\n")
    try community.run("message", "add", "--title", "M", "--content", "x", "--to-all")
    let rules: [(name: String, flags: [String], delete: [String])] = [
      (
        "sends", ["--trigger", "birthday", "--action", "send_message", "--template", "T"],
        ["template", "delete", "T"]
      ),
      (
        "assigns", ["--trigger", "birthday", "--action", "add_to_group", "--group", "G"],
        ["group", "delete", "G"]
      ),
      (
        "tells",
        [
          "--trigger", "birthday", "--action", "notify_user", "--action-config",
          #"{"user":"eve@grace.example","note":"x"}"#,
        ],
        ["user", "delete", "eve@grace.example"]
      ),
      (
        "listens",
        [
          "--trigger", "message_opened", "--trigger-config", #"{"message":"M"}"#, "--action", "add_tag",
          "--tag", "x",
        ],
        ["message", "delete", "M"]
      ),
    ]
    for rule in rules { try community.sandbox.run(["rule", "add", rule.name] + rule.flags).succeeded() }
    for rule in rules {
      try community.sandbox.expectRefused(rule.delete, 7, "CONFLICT", saying: "“\(rule.name)”", "--force")
      let outcome = try community.sandbox.run(rule.delete + ["--force"]).succeeded()
      #expect(outcome.stderr.contains("“\(rule.name)” is disabled"), "\(outcome)")
      #expect(try community.data("rule", "show", rule.name)["isActive"] as? Bool == false)
    }
    try community.database.expectSound()
  }

  @Test func aGroupThatConditionsNameKeepsItsName() throws {
    try community.run("group", "add", "G")
    try community.run(
      "rule", "add", "R", "--trigger", "birthday", "--action", "add_tag", "--tag", "x", "--where", "group = g"
    )
    try community.refuses(7, "group", "update", "G", "--name", "H", saying: "“R”")
    try community.refuses(7, "group", "delete", "G", saying: "“R”")
    try community.run("group", "update", "G", "--description", "d")
  }
}
