import Foundation
import TestSupport
import Testing

/// Rules themselves: written, found, changed, switched and deleted.
@Suite struct RuleTests {
  private let community: Community

  init() throws {
    community = try Community()
    try community.run(
      "template", "add", "Birthday", "--subject", "Hi {{firstName}}", "--content", "Best, {{> Foot}}")
    try community.run("template", "add", "Foot", "--type", "sms", "--content", "the office")
    try community.run("group", "add", "Youth")
  }

  @discardableResult private func add(_ name: String, _ flags: String...) throws -> [String: Any] {
    try community.sandbox.run(["rule", "add", name] + flags + ["--json"]).succeeded().data()
  }

  private func config(_ rule: [String: Any], _ key: String) throws -> NSDictionary {
    NSDictionary(dictionary: try #require(rule[key] as? [String: Any], "\(rule)"))
  }

  @Test func aNewRuleIsPrintedInTheNamesOfTheAPI() throws {
    let rule = try add(
      "Birthdays", "--description", "Wishes", "--trigger", "birthday", "--offset-days", "-1", "--at", "09:00",
      "--action", "send_message", "--template", "birth" + "day", "--message-type", "email", "--where",
      "status = active")
    #expect(
      Set(rule.keys) == [
        "id", "name", "description", "triggerType", "triggerConfig", "actionType", "actionConfig",
        "conditions",
        "isActive", "runCount", "successCount", "failureCount", "lastRunAt", "createdBy", "createdAt",
        "updatedAt",
      ])
    let template = try community.data("template", "show", "Birthday")["id"] as? String
    #expect(try config(rule, "triggerConfig") == ["offsetDays": -1, "at": "09:00"])
    #expect(
      try config(rule, "actionConfig") == ["templateId": try #require(template), "messageType": "email"])
    #expect(try config(rule, "conditions") == ["where": "status = active"])
    #expect(rule["isActive"] as? Bool == true && rule["runCount"] as? Int == 0 && rule["lastRunAt"] is NSNull)
    let id = try #require(rule["id"] as? String)
    for reference in ["birthdays", id, String(id.suffix(8))] {
      let shown = try community.data("rule", "show", reference)
      #expect(NSDictionary(dictionary: shown) == NSDictionary(dictionary: rule))
    }
    #expect(try community.run("rule", "show", "Birthdays", "--format", "ids").lines == [id])
    #expect(
      try community.run("rule", "show", "Birthdays", "--fields", "triggerConfig", "--format", "csv").lines
        == ["triggerConfig", #""{""offsetDays"":-1,""at"":""09:00""}""#])
    try community.refuses(
      7, "rule", "add", "BIRTHDAYS", "--trigger", "birthday", "--action", "add_tag", "--tag", "x",
      saying: "already")
    try community.refuses(6, "rule", "show", "Birthday", saying: "Birthdays")
  }

  /// A flag goes to the action; that the trigger goes without is said.
  @Test func aTagThatMayHaveBeenMeantForTheTriggerIsTold() throws {
    func told(_ name: String, _ trigger: String...) throws -> Bool {
      let flags = ["--action", "add_tag", "--tag", "done", "--inactive", "--trigger"]
      let outcome = try community.sandbox.run(["rule", "add", name] + flags + trigger).succeeded()
      return outcome.stderr.contains("it acts on every tag, unless you name one with")
    }
    #expect(try told("Any", "tag_added"))
    #expect(try !told("One", "tag_added", "--trigger-tag", "new"))
    #expect(try !told("Other", "member_created"))
  }

  @Test func theBodyOfTheAPIIsTaken() throws {
    let body = """
      {"name":"Welcome New Members","description":"Send welcome email to new members","triggerType":"member_created",
       "triggerConfig":{"delay":0},"actionType":"send_message","actionConfig":{"templateId":"Birthday","messageType":"email"},
       "conditions":{"memberStatus":"active"},"isActive":false}
      """
    let rule = try community.data("rule", "add", "--from-json", "-", stdin: body)
    #expect(rule["name"] as? String == "Welcome New Members" && rule["isActive"] as? Bool == false)
    #expect(try config(rule, "triggerConfig") == ["delay": 0])
    #expect(try config(rule, "conditions") == ["memberStatus": "active"])
    try community.refuses(
      2, "rule", "add", "Other", "--from-json", "-", saying: "name is given twice", stdin: body)
    try community.refuses(
      2, "rule", "add", "--delay", "5", "--from-json", "-", saying: "triggerConfig.delay is given twice",
      stdin: body)
    let updated = try community.data(
      "rule", "update", "welcome new members", "--from-json", "-",
      stdin: #"{"name":"W","triggerConfig":{"delay":9}}"#)
    #expect(updated["name"] as? String == "W" && (updated["triggerConfig"] as? [String: Int]) == ["delay": 9])
    // What is shown can be given again.
    let shown = try community.run("rule", "show", "W", "--format", "jsonl").stdout
    let wrong = try community.refuses(3, "rule", "add", "--from-json", "-", "--json", stdin: shown)
    let details = try #require(try wrong.error()["details"] as? [String: String])
    #expect(details["id"]?.contains("no field of a rule") == true && details["runCount"] != nil)
  }

  @Test func everythingWrongIsListedWithItsPath() throws {
    let outcome = try community.refuses(
      3, "rule", "add", "Bad", "--trigger", "birthday", "--delay", "soon", "--at", "25:00", "--action",
      "send_message",
      "--template", "Birthdy", "--action-config", #"{"note":"x"}"#, "--conditions", #"{"statsu":"active"}"#,
      "--json")
    let details = try #require(try outcome.error()["details"] as? [String: String])
    #expect(
      Set(details.keys) == [
        "triggerConfig.delay", "triggerConfig.at", "actionConfig.templateId", "actionConfig.note",
        "conditions.statsu",
      ])
    #expect(details["actionConfig.templateId"]?.contains("“Birthday”") == true)
    try community.refuses(
      3, "rule", "add", "Bad", "--trigger", "birthday", "--action", "add_tag", "--tag", "x", "--where",
      "city = Lagos and statsu = a",
      saying: "conditions: column 18")
    try community.refuses(
      3, "rule", "add", "Bad", "--trigger", "schedule", "--cron", "0 25 * * *", "--action", "add_tag",
      "--tag", "x", saying: "triggerConfig.cron: has “25” as its hour")
    try community.refuses(3, "rule", "add", "Bad", saying: "triggerType: is missing")
  }

  @Test func whatIsWrongWithTheCommandLineIsAUsageError() throws {
    let base = ["rule", "add", "R", "--trigger", "tag_added", "--action", "add_tag"]
    for (flags, words) in [
      (["--trigger", "birthdy"], "birthday"),
      (["--tag", "a", "--action-config", #"{"tag":"b"}"#], "actionConfig.tag is given twice"),
      (["--tag", "a", "--where", "age > 3", "--conditions", "{}"], "conditions is given twice"),
      (["--tag", "a", "--tag", "b"], "--tag"),
      (["--set", "city"], "FIELD=VALUE"), (["--set", "city=a", "--set", "city=b"], "set twice"),
      (["--message-type", "fax"], "fax"),
      (
        ["--tag", "a", "--trigger-config", #"{"tag":"x"}"#, "--trigger-tag", "y"],
        "triggerConfig.tag is given twice"
      ),
    ] {
      let arguments =
        flags.contains("--trigger")
        ? ["rule", "add", "R", "--action", "add_tag", "--tag", "x"] + flags : base + flags
      let outcome = try community.sandbox.run(arguments).failed(2)
      #expect(outcome.stderr.contains(words), "\(outcome)")
    }
    try community.refuses(3, "rule", "add", "R", "--trigger-config", "{", saying: "--trigger-config")
    try community.refuses(2, "rule", "update", "R", saying: "nothing to change")
    #expect(try community.list("rules", "rule", "list").isEmpty)
  }

  @Test func anUpdateMergesAndRehearses() throws {
    let rule = try add(
      "R", "--trigger", "birthday", "--at", "09:00", "--offset-days", "-3", "--action", "update_member",
      "--set", "city=Lagos", "--set", "custom.level=3")
    #expect(try config(rule, "actionConfig") == ["set": ["city": "Lagos", "custom.level": "3"]])
    let changed = try community.rehearses(
      "rule", "update", "r", "--at", "08:00", "--name", "S", "--where", "age >= 18")
    #expect(try config(changed, "triggerConfig") == ["at": "08:00", "offsetDays": -3])
    #expect(changed["name"] as? String == "S")
    let emptied = try community.data(
      "rule", "update", "S", "--where", "", "--trigger-config", #"{"offsetDays":null}"#)
    #expect(emptied["conditions"] is NSNull)
    #expect(try config(emptied, "triggerConfig") == ["at": "08:00"])
    let other = try community.data(
      "rule", "update", "S", "--trigger", "group_joined", "--group", "youth", "--inactive")
    let youth = try #require(try community.data("group", "show", "Youth")["id"] as? String)
    #expect(try config(other, "triggerConfig") == ["group": youth])
    #expect(other["isActive"] as? Bool == false)
    try community.refuses(2, "rule", "update", "S", "--active", "--inactive", saying: "exclude")
    #expect(
      try community.list("entries", "audit", "--entity", "rule").compactMap { $0["command"] as? String }
        == ["rule update", "rule update", "rule update", "rule add"])
  }

  @Test func switchingOffAndOn() throws {
    try add(
      "R", "--trigger", "group_left", "--group", "Youth", "--action", "add_tag", "--tag", "gone", "--inactive"
    )
    #expect(try community.data("rule", "enable", "r")["isActive"] as? Bool == true)
    #expect(try community.list("rules", "rule", "list", "--active").count == 1)
    #expect(try community.rehearses("rule", "disable", "r")["isActive"] as? Bool == false)
    #expect(try community.list("rules", "rule", "list", "--active").isEmpty)
    try community.run("group", "delete", "Youth", "--force")
    try community.refuses(3, "rule", "enable", "R", saying: "triggerConfig.group: there is no group")
    try community.run("rule", "delete", "R", "-q")
    try community.refuses(6, "rule", "enable", "R")
  }

  @Test func listsAreSortedAndPaged() throws {
    for name in ["beta", "Alpha", "gamma"] {
      try add(
        name, "--trigger", name == "beta" ? "schedule" : "birthday", name == "beta" ? "--cron" : "--at",
        name == "beta" ? "@daily" : "09:00", "--action", "add_tag", "--tag", name)
    }
    func names(_ flags: String...) throws -> [String] {
      try community.sandbox.run(
        ["rule", "list", "--fields", "name", "--format", "tsv", "--no-headers"] + flags
      ).succeeded().lines
    }
    #expect(try names() == ["Alpha", "beta", "gamma"])
    #expect(try names("--order", "desc") == ["gamma", "beta", "Alpha"])
    #expect(try names("--sort", "triggerType") == ["Alpha", "gamma", "beta"])
    #expect(try names("--sort", "createdAt", "--limit", "1", "--page", "2").count == 1)
    #expect(try community.run("rule", "list", "--format", "count").lines == ["3"])
    let outcome = try community.run("rule", "list", "--limit", "2", "--json")
    let metadata = try #require((try outcome.json() as? [String: Any])?["metadata"] as? [String: Any])
    #expect((metadata["pagination"] as? [String: Any])?["totalPages"] as? Int == 2)
  }

  @Test func whoMayDoWhat() throws {
    try add("R", "--trigger", "birthday", "--action", "add_tag", "--tag", "x")
    try community.forbids(
      "member",
      [
        ["rule", "add", "S", "--trigger", "birthday", "--action", "add_tag", "--tag", "x"],
        ["rule", "update", "R", "--name", "S"],
        ["rule", "enable", "R"], ["rule", "disable", "R"], ["rule", "delete", "R"],
      ])
    try community.forbids("moderator", [["rule", "delete", "R"]])
    let member = try community.acting(as: "member")
    for command in [["rule", "list"], ["rule", "show", "R"], ["rule", "logs"], ["user", "inbox"]] {
      try community.sandbox.run(command + member).succeeded()
    }
    let moderator = try community.acting(as: "moderator")
    try community.sandbox.run(["rule", "disable", "R"] + moderator).succeeded()
    try community.run("rule", "delete", "R")
    #expect(try community.list("rules", "rule", "list").isEmpty)
  }
}
