import CareSphereKit
import CommandLineKit
import TextFormats

/// The figures of the messages for a terminal.
enum MessagingView {
  static func sheet(_ figures: MessagingFigures) -> Sheet {
    let volume = MessageVolume(figures.volume)
    return Sheet(
      lead: RangeLine.text(figures.range),
      [
        Sheet.Section("Recipients", [.table(outcomes(figures)), .remark("Shares are of those sent to.")]),
        Sheet.Section("Messages", messages(volume)),
        Sheet.Section(
          "By hour",
          [.table(deeds("hour", (0..<figures.byHour.count).map(clock), figures.byHour, figures.bestHour))]),
        Sheet.Section(
          "By weekday",
          [.table(deeds("day", MessagingFigures.weekdays, figures.byWeekday, figures.bestWeekday))]),
        Sheet.Section("Templates", [.table(templates(figures.topTemplates))]),
        Sheet.Section("Links", [.table(links(figures.topLinks))]),
        Sheet.Section("Cost of SMS", [.table(costs(figures.smsCost))]),
      ])
  }

  /// `09:00`.
  static func clock(_ hour: Int) -> String { (hour < 10 ? "0" : "") + "\(hour):00" }

  /// An amount kept in millionths, as a decimal number.
  static func amount(_ millionths: Int) -> String { JSONWriter.string(.millionths(millionths)) }

  private static func outcomes(_ figures: MessagingFigures) -> SheetTable {
    let outcomes = MessageOutcome.all(figures)
    return SheetTable(
      [.text(""), .number("people"), .number("share")],
      rows: [[.text("sent"), .count(figures.sent), .text("")]]
        + outcomes.map { [.text($0.name), .count($0.count), .percent($0.share)] },
      bars: [0] + outcomes.map { $0.share ?? 0 }, fullBar: 100)
  }

  private static func messages(_ volume: MessageVolume) -> [Sheet.Part] {
    if volume.types.isEmpty { return [] }
    let table = SheetTable(
      [.text("period"), .number("all")]
        + volume.types.map { .number(MessageVolume.name($0), isExpendable: true) },
      rows: volume.periods.map { period in
        [.text(period.name), .count(period.total)] + period.counts.map(SheetTable.Cell.count)
      }, bars: volume.periods.map { Double($0.total) })
    let statuses = SheetTable(
      [.text("status"), .number("messages")],
      rows: volume.statuses.map { [.text($0.status.rawValue), .count($0.count)] },
      bars: volume.statuses.map { Double($0.count) })
    return [
      .sparklines([.init("all", volume.periods.map { Double($0.total) })]), .table(table), .table(statuses),
    ]
  }

  private static func deeds(
    _ title: String, _ names: [String], _ deeds: [MessagingFigures.Deeds], _ best: Int?
  ) -> SheetTable {
    SheetTable(
      [.text(title), .number("opens"), .number("clicks"), .text("", isExpendable: true)],
      rows: zip(names, deeds).enumerated().map { index, each in
        [.text(each.0), .count(each.1.opens), .count(each.1.clicks), .text(index == best ? "best" : "")]
      }, bars: deeds.map { Double($0.opens) })
  }

  private static func templates(_ templates: [MessagingFigures.TemplateUse]) -> SheetTable {
    let rates = templates.map { Percentage.of($0.opened, in: $0.sent) }
    return SheetTable(
      [
        .text("template"), .number("sent"), .number("opened"), .number("clicked", isExpendable: true),
        .number("open rate", isExpendable: true),
      ],
      rows: zip(templates, rates).map {
        [.text($0.name), .count($0.sent), .count($0.opened), .count($0.clicked), .percent($1)]
      }, bars: rates.map { $0 ?? 0 }, fullBar: 100)
  }

  private static func links(_ links: [MessageFigures.Link]) -> SheetTable {
    SheetTable(
      [.text("link"), .number("clicks"), .number("people")],
      rows: links.map { [.text($0.url), .count($0.clicks), .count($0.uniqueClicks)] },
      bars: links.map { Double($0.clicks) })
  }

  private static func costs(_ costs: [(currency: String, amount: Int)]) -> SheetTable {
    SheetTable(
      [.text("currency"), .number("amount")],
      rows: costs.map { [.text($0.currency), .text(amount($0.amount))] })
  }
}
