import Testing

@testable import CareSphereKit

/// What the oracle says.
enum RuleCases {
  static let birthdays: [RuleCase] = [
    .init(
      "on the day", born: "1990-05-15", runs: ["2026-05-14 23:59", "2026-05-15 00:00", "2026-05-15 12:00"],
      acts: ["2026-05-15 00:00 → 2026"]),
    .init(
      "at nine", .birthday, #"{"at":"09:00"}"#, born: "1990-05-15",
      runs: ["2026-05-15 08:59", "2026-05-15 09:00"], acts: ["2026-05-15 09:00 → 2026"]),
    .init(
      "a week before", .birthday, #"{"offsetDays":-7}"#, born: "1990-05-15",
      runs: ["2026-05-07 23:59", "2026-05-08 00:00", "2026-05-15 00:00"], acts: ["2026-05-08 00:00 → 2026"]),
    .init(
      "a week after", .birthday, #"{"offsetDays":7}"#, born: "1990-05-15",
      runs: ["2026-05-15 00:00", "2026-05-21 23:59", "2026-05-22 00:00"], acts: ["2026-05-22 00:00 → 2026"]),
    .init(
      "before, across New Year", .birthday, #"{"offsetDays":-7}"#, born: "1990-01-03",
      runs: ["2026-12-26 23:59", "2026-12-27 00:00"], acts: ["2026-12-27 00:00 → 2027"]),
    .init(
      "after, across New Year", .birthday, #"{"offsetDays":7}"#, born: "1990-12-30",
      runs: ["2026-01-05 12:00", "2026-01-06 00:00", "2027-01-06 00:00"],
      acts: ["2026-01-06 00:00 → 2025", "2027-01-06 00:00 → 2026"]),
    .init(
      "across a month's end", .birthday, #"{"offsetDays":-3}"#, born: "1990-03-02",
      runs: ["2026-02-26 23:59", "2026-02-27 00:00"], acts: ["2026-02-27 00:00 → 2026"]),
    .init(
      "across the end of a leap February", .birthday, #"{"offsetDays":-3}"#, born: "1990-03-02",
      runs: ["2028-02-27 23:59", "2028-02-28 00:00"], acts: ["2028-02-28 00:00 → 2028"]
    ) { $0.ruleAt = "2028-01-01 00:00" },
    .init(
      "born on 29 February, on the 28th", born: "2000-02-29", runs: ["2026-02-28 00:00", "2026-03-01 00:00"],
      acts: ["2026-02-28 00:00 → 2026"]),
    .init(
      "born on 29 February, on the 1st", .birthday, #"{"leapDay":"03-01"}"#, born: "2000-02-29",
      runs: ["2026-02-28 12:00", "2026-03-01 00:00"], acts: ["2026-03-01 00:00 → 2026"]),
    .init(
      "born on 29 February, in a leap year", born: "2000-02-29",
      runs: ["2028-02-28 12:00", "2028-02-29 00:00", "2028-03-01 12:00"], acts: ["2028-02-29 00:00 → 2028"]
    ) { $0.ruleAt = "2028-01-01 00:00" },
    .init(
      "born on 29 February, the day before", .birthday, #"{"offsetDays":-1}"#, born: "2000-02-29",
      runs: ["2026-02-26 12:00", "2026-02-27 00:00"], acts: ["2026-02-27 00:00 → 2026"]),
    .init(
      "a year that nobody knows", born: "--05-15", runs: ["2026-05-14 12:00", "2026-05-15 00:00"],
      acts: ["2026-05-15 00:00 → 2026"]),
    .init(
      "29 February of no known year", born: "--02-29", runs: ["2026-02-27 12:00", "2026-02-28 00:00"],
      acts: ["2026-02-28 00:00 → 2026"]),
    .init(
      "the day of the birth is none", born: "2026-03-10", runs: ["2026-03-10 12:00", "2027-03-10 12:00"],
      acts: ["2027-03-10 12:00 → 2027"]),
    .init(
      "run again and again", born: "1990-05-15",
      runs: ["2026-05-15 00:00", "2026-05-15 00:00", "2026-05-15 00:01"], acts: ["2026-05-15 00:00 → 2026"]),
    .init(
      "two years", born: "1990-05-15", runs: ["2026-05-15 00:00", "2027-05-15 00:00"],
      acts: ["2026-05-15 00:00 → 2026", "2027-05-15 00:00 → 2027"]),
    .init(
      "missed, made up for", born: "1990-05-15", runs: ["2026-05-14 12:00", "2026-05-17 12:00"],
      acts: ["2026-05-17 12:00 → 2026"]),
    .init(
      "missed by just three days", born: "1990-05-15", runs: ["2026-05-18 00:00"],
      acts: ["2026-05-18 00:00 → 2026"]),
    .init("missed by a minute more", born: "1990-05-15", runs: ["2026-05-18 00:01"]),
    .init(
      "the years before are not made up for", born: "1990-05-15", runs: ["2028-05-15 12:00"],
      acts: ["2028-05-15 12:00 → 2028"]),
  ]

  static let changes: [RuleCase] = [
    .init("the rule is made a minute late", born: "1990-05-15", runs: ["2026-05-15 12:00"]) {
      $0.ruleAt = "2026-05-15 00:01"
    },
    .init(
      "the rule is made at that moment", born: "1990-05-15", runs: ["2026-05-15 00:00", "2026-05-15 12:00"]
    ) {
      $0.ruleAt = "2026-05-15 00:00"
    },
    .init(
      "the rule is made a minute early", born: "1990-05-15", runs: ["2026-05-15 00:00"],
      acts: ["2026-05-15 00:00 → 2026"]
    ) { $0.ruleAt = "2026-05-14 23:59" },
    .init("added on the day, too late", born: "1990-05-15", runs: ["2026-05-15 12:00"]) {
      $0.memberAt = "2026-05-15 08:00"
    },
    .init(
      "added on the day, in time", .birthday, #"{"at":"09:00"}"#, born: "1990-05-15",
      runs: ["2026-05-15 09:00"],
      acts: ["2026-05-15 09:00 → 2026"]
    ) { $0.memberAt = "2026-05-15 08:00" },
    .init(
      "added at that moment", born: "1990-05-15", runs: ["2026-05-15 00:05"],
      acts: ["2026-05-15 00:05 → 2026"]
    ) { $0.memberAt = "2026-05-15 00:00" },
    .init(
      "archived before", born: "1990-05-15",
      steps: [("2026-05-14 12:00", .archive), ("2026-05-15 00:00", .run)]),
    .init(
      "archived while a run came by", born: "1990-05-15",
      steps: [
        ("2026-05-14 12:00", .archive), ("2026-05-15 06:00", .run), ("2026-05-16 12:00", .activate),
        ("2026-05-16 13:00", .run),
      ]),
    .init(
      "archived while no run came by", born: "1990-05-15",
      steps: [("2026-05-14 12:00", .archive), ("2026-05-16 12:00", .activate), ("2026-05-16 13:00", .run)],
      acts: ["2026-05-16 13:00 → 2026"]),
    .init(
      "deleted before", born: "1990-05-15",
      steps: [("2026-05-14 12:00", .delete), ("2026-05-15 00:00", .run)]),
    .init(
      "moved after it acted", born: "1990-05-15",
      steps: [
        ("2026-05-15 00:00", .run), ("2026-05-16 12:00", .born("1990-05-20")), ("2026-05-20 00:00", .run),
      ],
      acts: ["2026-05-15 00:00 → 2026"]),
    .init(
      "moved before it came", born: "1990-05-15",
      steps: [
        ("2026-05-10 12:00", .born("1990-05-20")), ("2026-05-15 00:00", .run), ("2026-05-20 00:00", .run),
      ],
      acts: ["2026-05-20 00:00 → 2026"]),
    .init(
      "moved into what is past", born: "1990-05-25",
      steps: [
        ("2026-05-17 06:00", .run), ("2026-05-17 12:00", .born("1990-05-16")), ("2026-05-18 12:00", .run),
        ("2026-05-25 12:00", .run),
      ]),
    .init(
      "learnt the day before",
      steps: [("2026-05-14 12:00", .born("1990-05-15")), ("2026-05-15 00:00", .run)],
      acts: ["2026-05-15 00:00 → 2026"]),
    .init(
      "disabled over the day", born: "1990-05-15",
      steps: [
        ("2026-05-14 12:00", .disable), ("2026-05-15 06:00", .run), ("2026-05-15 12:00", .enable),
        ("2026-05-15 13:00", .run),
      ]),
    .init(
      "disabled over the day, without a run", born: "1990-05-15",
      steps: [("2026-05-14 12:00", .disable), ("2026-05-15 12:00", .enable), ("2026-05-15 13:00", .run)]),
    .init(
      "disabled and enabled before", born: "1990-05-15",
      steps: [("2026-05-10 12:00", .disable), ("2026-05-12 12:00", .enable), ("2026-05-15 00:00", .run)],
      acts: ["2026-05-15 00:00 → 2026"]),
    .init(
      "given another time before", born: "1990-05-15",
      steps: [
        ("2026-05-14 12:00", .configure(#"{"at":"10:00"}"#)), ("2026-05-15 09:00", .run),
        ("2026-05-15 10:00", .run),
      ], acts: ["2026-05-15 10:00 → 2026"]),
    .init(
      "given another day after it acted", born: "1990-05-15",
      steps: [
        ("2026-05-15 00:00", .run), ("2026-05-16 12:00", .configure(#"{"offsetDays":2}"#)),
        ("2026-05-17 00:00", .run),
      ], acts: ["2026-05-15 00:00 → 2026"]),
    .init(
      "given a time that is past", .birthday, #"{"at":"18:00"}"#, born: "1990-05-15",
      steps: [
        ("2026-05-15 12:00", .configure(#"{"at":"09:00"}"#)), ("2026-05-15 13:00", .run),
        ("2026-05-15 18:00", .run),
      ]),
    .init(
      "given another name", born: "1990-05-15",
      steps: [("2026-05-14 12:00", .run), ("2026-05-15 08:00", .rename), ("2026-05-15 09:00", .run)],
      acts: ["2026-05-15 09:00 → 2026"]),
    .init(
      "a condition that has come to hold", born: "1990-05-15",
      steps: [("2026-05-14 12:00", .tag("vip")), ("2026-05-15 00:00", .run)],
      acts: ["2026-05-15 00:00 → 2026"]
    ) { $0.condition = "tag = vip" },
    .init(
      "a condition that comes to hold too late", born: "1990-05-15",
      steps: [("2026-05-15 00:00", .run), ("2026-05-15 06:00", .tag("vip")), ("2026-05-15 12:00", .run)]
    ) { $0.condition = "tag = vip" },
    .init(
      "opted out in between", born: "1990-05-15",
      steps: [("2026-05-14 12:00", .optOut), ("2026-05-15 00:00", .run)]
    ) {
      $0.action = .sendMessage
      $0.actionConfig = #"{"subject":"Hello","content":"Hi {{firstName}}"}"#
    },
    .init(
      "opted out afterwards", born: "1990-05-15",
      steps: [("2026-05-15 00:00", .run), ("2026-05-15 12:00", .optOut)],
      acts: ["2026-05-15 00:00 → 2026"]
    ) {
      $0.action = .sendMessage
      $0.actionConfig = #"{"subject":"Hello","content":"Hi {{firstName}}"}"#
    },
  ]

  static let zones: [RuleCase] = [
    .init(
      "an hour east", zone: "Africa/Lagos", born: "1990-05-15",
      runs: ["2026-05-14T22:59:59Z", "2026-05-14T23:00:00Z"], acts: ["2026-05-14T23:00:00Z → 2026"]),
    .init(
      "where the day begins", zone: "Pacific/Kiritimati", born: "1990-05-15",
      runs: ["2026-05-14T09:59:59Z", "2026-05-14T10:00:00Z"], acts: ["2026-05-14T10:00:00Z → 2026"]),
    .init(
      "where the day ends", zone: "Pacific/Pago_Pago", born: "1990-05-15",
      runs: ["2026-05-15T10:59:59Z", "2026-05-15T11:00:00Z"], acts: ["2026-05-15T11:00:00Z → 2026"]),
    .init(
      "in a skipped hour", .birthday, #"{"at":"02:30"}"#, zone: "Europe/Berlin", born: "1990-03-29",
      runs: ["2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z"],
      acts: ["2026-03-29T01:00:00Z → 2026"]),
    .init(
      "in a repeated hour", .birthday, #"{"at":"02:30"}"#, zone: "Europe/Berlin", born: "1990-10-25",
      runs: ["2026-10-25T00:29:59Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"],
      acts: ["2026-10-25T00:30:00Z → 2026"]),
    .init(
      "in a skipped hour of America", .birthday, #"{"at":"02:30"}"#, zone: "America/New_York",
      born: "1990-03-08",
      runs: ["2026-03-08T06:59:59Z", "2026-03-08T07:00:00Z"], acts: ["2026-03-08T07:00:00Z → 2026"]),
    .init(
      "in a repeated hour of America", .birthday, #"{"at":"01:30"}"#, zone: "America/New_York",
      born: "1990-11-01",
      runs: ["2026-11-01T05:29:59Z", "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"],
      acts: ["2026-11-01T05:30:00Z → 2026"]),
    .init(
      "on a day without midnight", zone: "Asia/Beirut", born: "1990-03-29",
      runs: ["2026-03-28T21:59:59Z", "2026-03-28T22:00:00Z"], acts: ["2026-03-28T22:00:00Z → 2026"]),
    .init(
      "on the day after a clock change", zone: "Europe/Berlin", born: "1990-03-30",
      runs: ["2026-03-29T21:59:59Z", "2026-03-29T22:00:00Z"], acts: ["2026-03-29T22:00:00Z → 2026"]),
    .init(
      "on the day after clocks went back", zone: "Europe/Berlin", born: "1990-10-26",
      runs: ["2026-10-25T22:59:59Z", "2026-10-25T23:00:00Z"], acts: ["2026-10-25T23:00:00Z → 2026"]),
  ]
}
