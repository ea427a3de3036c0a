import CareSphereKit
import CommandLineKit

/// What was sent, and what became of it, on the page.
struct MessagingPanels {
  private let figures: MessagingFigures
  private let volume: MessageVolume

  init(_ figures: MessagingFigures) {
    self.figures = figures
    volume = MessageVolume(figures.volume)
  }

  var section: Page.Section {
    let costs = figures.smsCost.map { "\(MessagingView.amount($0.amount)) \($0.currency)" }
    let sent = PageText.count(figures.messages, "message", "messages")
    let people = PageText.count(figures.sent, "recipient", "recipients")
    let cost = costs.isEmpty ? "" : " The SMS among them cost \(costs.joined(separator: ", "))."
    return Page.Section(
      "Messages", "\(sent) sent, to \(people) in all.\(cost)",
      panels: [volumePanel, outcomes, statuses, weekdays, hours, templates, links])
  }

  private var volumePanel: Panel {
    let types = volume.types.map(MessageVolume.name)
    let parts = volume.types.enumerated().map { index, type in
      "\(FigureText.grouped(volume.periods.reduce(0) { $0 + $1.counts[index] })) by \(MessageVolume.name(type))"
    }
    return Panel(
      "Messages by type",
      description: parts.isEmpty ? "" : parts.joined(separator: ", ") + ", those still to be sent included.",
      graphic: .columns(
        ColumnsGraphic(
          labels: volume.periods.map { PeriodLabel.of($0.name) },
          series: types.enumerated().map { index, name in
            .init(PageText.label(name), volume.periods.map { Double($0.counts[index]) })
          }, isStacked: true)),
      table: PageTable(
        [.text("Period")] + types.map { .number(PageText.label($0)) } + [.number("All")],
        rows: volume.types.isEmpty
          ? [] : volume.periods.map { [$0.name] + ($0.counts + [$0.total]).map(FigureText.grouped) }),
      width: .wide)
  }

  private var outcomes: Panel {
    let outcomes = MessageOutcome.all(figures)
    return Panel(
      "What became of them", description: "In percent of those they were sent to.",
      graphic: .bars(
        BarsGraphic(
          outcomes.map {
            .init(PageText.label($0.name), $0.share ?? 0, text: PageText.percent($0.share))
          }, isPercent: true)),
      table: PageTable(
        [.text("Outcome"), .number("Recipients"), .number("Share")],
        rows: outcomes.map {
          [PageText.label($0.name), FigureText.grouped($0.count), PageText.percent($0.share)]
        }))
  }

  private var statuses: Panel {
    let rows = volume.statuses.map { (PageText.label($0.status.rawValue), $0.count) }
    return Panel(
      "Messages by status",
      description: "Also those that are still to be sent.",
      graphic: .bars(
        BarsGraphic(rows.map { .init($0.0, Double($0.1), text: FigureText.grouped($0.1)) })),
      table: PageTable(
        [.text("Status"), .number("Messages")], rows: rows.map { [$0.0, FigureText.grouped($0.1)] }))
  }

  private var weekdays: Panel {
    let names = MessagingFigures.weekdays.map(PageText.label)
    let best = figures.bestWeekday.flatMap { names.indices.contains($0) ? names[$0] : nil }
    return deeds(
      "Days of the week", best.map { "Most is opened on \($0)s." } ?? "", "Day", names,
      names.map { String($0.prefix(3)) }, figures.byWeekday)
  }

  private var hours: Panel {
    let names = figures.byHour.indices.map(MessagingView.clock)
    let best = figures.bestHour.map {
      "Most is opened from \(MessagingView.clock($0)) to \(MessagingView.clock(($0 + 1) % 24))."
    }
    return deeds("Hours of the day", best ?? "", "Hour", names, names, figures.byHour)
  }

  private func deeds(
    _ title: String, _ sentence: String, _ heading: String, _ names: [String], _ labels: [String],
    _ deeds: [MessagingFigures.Deeds]
  ) -> Panel {
    Panel(
      title, description: sentence,
      graphic: .columns(
        ColumnsGraphic(
          labels: labels,
          series: [
            .init("Opens", deeds.map { Double($0.opens) }), .init("Clicks", deeds.map { Double($0.clicks) }),
          ])),
      table: PageTable(
        [.text(heading), .number("Opens"), .number("Clicks")],
        rows: zip(names, deeds).map { [$0, FigureText.grouped($1.opens), FigureText.grouped($1.clicks)] }))
  }

  private var templates: Panel {
    let rows = figures.topTemplates.map { ($0, Percentage.of($0.opened, in: $0.sent)) }
    return Panel(
      "Templates", description: rows.isEmpty ? "" : "How many of the recipients opened.",
      graphic: .bars(
        BarsGraphic(rows.map { .init($0.0.name, $0.1 ?? 0, text: PageText.percent($0.1)) }, isPercent: true)),
      table: PageTable(
        [
          .text("Template"), .number("Messages"), .number("Sent"), .number("Opened"), .number("Clicked"),
          .number("Open rate"),
        ],
        rows: rows.map { template, rate in
          let counts = [template.messages, template.sent, template.opened, template.clicked]
          return [template.name] + counts.map(FigureText.grouped) + [PageText.percent(rate)]
        }))
  }

  private var links: Panel {
    let rows = figures.topLinks
    return Panel(
      "Links", description: rows.isEmpty ? "" : "How often they were followed.",
      graphic: .bars(
        BarsGraphic(
          zip(Self.short(rows.map(\.url)), rows).map {
            .init($0, Double($1.clicks), text: FigureText.grouped($1.clicks))
          })),
      table: PageTable(
        [.text("Link"), .number("Clicks"), .number("People")],
        rows: rows.map { [$0.url, FigureText.grouped($0.clicks), FigureText.grouped($0.uniqueClicks)] }))
  }

  /// Addresses without what all of them begin with, up to a slash, so that what tells them apart is seen.
  private static func short(_ urls: [String]) -> [String] {
    guard urls.count > 1, let first = urls.first else { return urls }
    var shared = first[...]
    for url in urls {
      while !url.hasPrefix(shared) { shared.removeLast() }
    }
    guard let slash = shared.lastIndex(of: "/") else { return urls }
    let length = first.distance(from: first.startIndex, to: slash)
    return urls.map { String($0.dropFirst(length)) }
  }
}
