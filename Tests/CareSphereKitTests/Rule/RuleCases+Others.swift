import Testing

@testable import CareSphereKit

extension RuleCases {
  static let dates: [RuleCase] = [
    .init(
      "an anniversary", .anniversary, joined: "2020-06-01", runs: ["2026-05-31 23:59", "2026-06-01 00:00"],
      acts: ["2026-06-01 00:00 → 2026"]),
    .init(
      "the day of joining is no anniversary", .anniversary, joined: "2026-02-01",
      runs: ["2026-02-01 12:00", "2027-02-01 00:00"], acts: ["2027-02-01 00:00 → 2027"]
    ) { $0.memberAt = "2026-01-31 08:00" },
    .init(
      "an anniversary moved after it acted", .anniversary, joined: "2020-06-01",
      steps: [
        ("2026-06-01 00:00", .run), ("2026-06-02 00:00", .joined("2020-06-10")), ("2026-06-10 00:00", .run),
      ],
      acts: ["2026-06-01 00:00 → 2026"]),
    .init(
      "a date of the community's own", .date, #"{"field":"custom.day"}"#, custom: "2026-04-10",
      runs: ["2026-04-09 23:59", "2026-04-10 00:00", "2027-04-10 00:00"],
      acts: ["2026-04-10 00:00 → 2026-04-10"]),
    .init(
      "a date that is moved is a new one", .date, #"{"field":"custom.day"}"#, custom: "2026-04-10",
      steps: [
        ("2026-04-10 00:00", .run), ("2026-04-11 00:00", .custom("2026-04-20")), ("2026-04-20 00:00", .run),
      ],
      acts: ["2026-04-10 00:00 → 2026-04-10", "2026-04-20 00:00 → 2026-04-20"]),
    .init(
      "a date that is moved back is the old one", .date, #"{"field":"custom.day","at":"12:00"}"#,
      custom: "2026-04-10",
      steps: [
        ("2026-04-10 12:00", .run), ("2026-04-10 13:00", .custom("2026-04-11")), ("2026-04-11 12:00", .run),
        ("2026-04-11 13:00", .custom("2026-04-10")), ("2026-04-12 12:00", .run),
      ], acts: ["2026-04-10 12:00 → 2026-04-10", "2026-04-11 12:00 → 2026-04-11"]),
    .init(
      "every year", .date, #"{"field":"custom.day","repeat":"yearly"}"#, custom: "2020-04-10",
      runs: ["2026-04-09 12:00", "2026-04-10 00:00"], acts: ["2026-04-10 00:00 → 2026"]),
    .init(
      "every year, the first included", .date, #"{"field":"custom.day","repeat":"yearly"}"#,
      custom: "2026-04-10",
      runs: ["2026-04-10 00:00"], acts: ["2026-04-10 00:00 → 2026"]),
    .init(
      "every year, of no known year", .date, #"{"field":"custom.day","repeat":"yearly"}"#, custom: "--04-10",
      runs: ["2026-04-10 00:00"], acts: ["2026-04-10 00:00 → 2026"]),
    .init(
      "once, of no known year", .date, #"{"field":"custom.day"}"#, custom: "--04-10",
      runs: ["2026-04-10 00:00"]),
    .init(
      "no date at all", .date, #"{"field":"custom.day"}"#, custom: "in April", runs: ["2026-04-10 00:00"]),
    .init(
      "once, long ago", .date, #"{"field":"joinDate"}"#, joined: "2020-01-02", runs: ["2026-01-02 12:00"]),
    .init(
      "every week, three times", .date, #"{"field":"joinDate","repeat":{"everyDays":7,"times":3}}"#,
      joined: "2026-02-02",
      runs: ["2026-02-02 00:00", "2026-02-09 00:00", "2026-02-16 00:00", "2026-02-23 00:00"],
      acts: [
        "2026-02-02 00:00 → 2026-02-02", "2026-02-09 00:00 → 2026-02-09", "2026-02-16 00:00 → 2026-02-16",
      ]),
    .init(
      "every week, one of them missed", .date, #"{"field":"joinDate","repeat":{"everyDays":7,"times":3}}"#,
      joined: "2026-02-02", runs: ["2026-02-02 00:00", "2026-02-18 12:00"],
      acts: ["2026-02-02 00:00 → 2026-02-02", "2026-02-18 12:00 → 2026-02-16"]),
    .init(
      "every day, some made up for, each", .date,
      #"{"field":"joinDate","repeat":{"everyDays":1,"times":10}}"#,
      joined: "2026-02-02", runs: ["2026-02-02 00:00", "2026-02-05 00:00"],
      acts: [
        "2026-02-02 00:00 → 2026-02-02", "2026-02-05 00:00 → 2026-02-03", "2026-02-05 00:00 → 2026-02-04",
        "2026-02-05 00:00 → 2026-02-05",
      ]),
    .init(
      "begun before the rule", .date, #"{"field":"joinDate","repeat":{"everyDays":30,"times":3}}"#,
      joined: "2025-12-20", runs: ["2026-01-19 00:00", "2026-02-18 00:00", "2026-03-20 00:00"],
      acts: ["2026-01-19 00:00 → 2026-01-19", "2026-02-18 00:00 → 2026-02-18"]),
    .init(
      "a month after being added", .date, #"{"field":"createdAt","offsetDays":30}"#,
      runs: ["2026-02-08 23:59", "2026-02-09 00:00"], acts: ["2026-02-09 00:00 → 2026-01-10"]
    ) { $0.memberAt = "2026-01-10 10:00" },
    .init(
      "a time stamp is the day in the zone", .date, #"{"field":"createdAt","offsetDays":1}"#,
      zone: "Africa/Lagos",
      runs: ["2026-01-11T22:59:59Z", "2026-01-11T23:00:00Z"], acts: ["2026-01-11T23:00:00Z → 2026-01-11"]
    ) { $0.memberAt = "2026-01-10T23:30:00Z" },
    .init(
      "a time stamp in a field of one's own", .date, #"{"field":"custom.day"}"#, zone: "Africa/Lagos",
      custom: "2026-04-10T23:30:00Z", runs: ["2026-04-10T22:59:59Z", "2026-04-10T23:00:00Z"],
      acts: ["2026-04-10T23:00:00Z → 2026-04-11"]),
  ]

  static let events: [RuleCase] = [
    .init("added", .event(.memberCreated), runs: ["2026-02-01 09:00"], acts: ["2026-02-01 09:00 → event 1"]) {
      $0.memberAt = "2026-02-01 09:00"
    },
    .init("added before the rule", .event(.memberCreated), runs: ["2026-02-01 09:00"]),
    .init(
      "added an hour before", .event(.memberCreated), #"{"delay":60}"#,
      runs: ["2026-02-01 09:59", "2026-02-01 10:00"],
      acts: ["2026-02-01 10:00 → event 1"]
    ) { $0.memberAt = "2026-02-01 09:00" },
    .init(
      "a condition that no longer holds", .event(.memberCreated), #"{"delay":60}"#,
      steps: [("2026-02-01 09:10", .run), ("2026-02-01 09:30", .tag("seen")), ("2026-02-01 10:00", .run)]
    ) {
      $0.memberAt = "2026-02-01 09:00"
      $0.condition = "tag is empty"
    },
    .init(
      "archived meanwhile", .event(.memberCreated), #"{"delay":60}"#,
      steps: [("2026-02-01 09:30", .archive), ("2026-02-01 10:00", .run)]
    ) { $0.memberAt = "2026-02-01 09:00" },
    .init(
      "deleted meanwhile", .event(.memberCreated), #"{"delay":60}"#,
      steps: [("2026-02-01 09:30", .delete), ("2026-02-01 10:00", .run)]
    ) { $0.memberAt = "2026-02-01 09:00" },
    .init(
      "disabled and enabled meanwhile", .event(.memberCreated), #"{"delay":60}"#,
      steps: [
        ("2026-02-01 09:10", .run), ("2026-02-01 09:20", .disable), ("2026-02-01 09:30", .enable),
        ("2026-02-01 10:00", .run),
      ]
    ) { $0.memberAt = "2026-02-01 09:00" },
    .init(
      "missed for too long", .event(.memberCreated), runs: ["2026-02-04 09:01"]
    ) { $0.memberAt = "2026-02-01 09:00" },
    .init(
      "archived, which is waited for", .event(.statusChanged), #"{"to":"archived"}"#,
      steps: [("2026-02-01 09:00", .archive), ("2026-02-01 10:00", .run)],
      acts: ["2026-02-01 10:00 → event 1"]),
    .init(
      "archived, which is not waited for", .event(.statusChanged),
      steps: [("2026-02-01 09:00", .archive), ("2026-02-01 10:00", .run)]),
    .init(
      "the tag that is waited for", .event(.tagAdded), #"{"tag":"VIP"}"#,
      steps: [
        ("2026-02-01 09:00", .tag("seen")), ("2026-02-01 09:10", .tag("vip")), ("2026-02-01 10:00", .run),
      ],
      acts: ["2026-02-01 10:00 → event 2"]),
    .init(
      "the field that is waited for", .event(.memberUpdated), #"{"fields":["custom.day","joinDate"]}"#,
      steps: [
        ("2026-02-01 09:00", .tag("seen")), ("2026-02-01 09:10", .custom("x")), ("2026-02-01 10:00", .run),
      ], acts: ["2026-02-01 10:00 → event 2"]),
    .init(
      "while the rule was disabled", .event(.tagAdded),
      steps: [
        ("2026-02-01 09:00", .disable), ("2026-02-01 09:10", .tag("vip")), ("2026-02-01 09:20", .enable),
        ("2026-02-01 10:00", .run),
      ]),
  ]

  static let times: [RuleCase] = [
    .init(
      "Mondays at nine", .schedule, #"{"cron":"0 9 * * 1"}"#, runs: ["2026-02-01 12:00", "2026-02-02 09:00"],
      acts: ["2026-02-02 09:00 → 2026-02-02T09:00:00Z"]
    ) { $0.ruleAt = "2026-01-27 00:00" },
    .init(
      "of several missed the latest", .schedule, #"{"cron":"0 9 * * *"}"#,
      runs: ["2026-02-02 09:00", "2026-02-04 12:00"],
      acts: ["2026-02-02 09:00 → 2026-02-02T09:00:00Z", "2026-02-04 12:00 → 2026-02-04T09:00:00Z"]
    ) { $0.ruleAt = "2026-02-01 12:00" },
    .init(
      "a schedule in a skipped hour", .schedule, #"{"cron":"30 2 * * *"}"#, zone: "Europe/Berlin",
      runs: ["2026-03-28T12:00:00Z", "2026-03-29T00:59:00Z", "2026-03-29T01:00:00Z"],
      acts: [
        "2026-03-28T12:00:00Z → 2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z → 2026-03-29T01:00:00Z",
      ]
    ) { $0.ruleAt = "2026-03-28 00:00" },
    .init(
      "a schedule for somebody who came later", .schedule, #"{"cron":"0 9 * * *"}"#,
      runs: ["2026-02-02 12:00"]
    ) {
      $0.ruleAt = "2026-02-02 00:00"
      $0.memberAt = "2026-02-02 10:00"
    },
    .init(
      "thirty quiet days", .inactivity, #"{"days":30}"#, runs: ["2026-02-09 09:59", "2026-02-09 10:00"],
      acts: ["2026-02-09 10:00 → 2026-01-10T10:00:00Z"]
    ) { $0.memberAt = "2026-01-10 10:00" },
    .init(
      "thirty days that were not quiet", .inactivity, #"{"days":30}"#,
      steps: [
        ("2026-02-01 12:00", .act), ("2026-02-09 10:00", .run), ("2026-03-03 11:59", .run),
        ("2026-03-03 12:00", .run), ("2026-04-03 12:00", .run),
      ], acts: ["2026-03-03 12:00 → 2026-02-01T12:00:00Z"]
    ) { $0.memberAt = "2026-01-10 10:00" },
    .init("quiet before the rule was made", .inactivity, #"{"days":30}"#, runs: ["2026-01-02 12:00"]) {
      $0.memberAt = "2025-11-01 10:00"
    },
  ]
}
