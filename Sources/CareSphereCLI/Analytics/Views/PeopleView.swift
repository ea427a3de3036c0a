import CareSphereKit
import CommandLineKit

/// The figures of the people for a terminal.
enum PeopleView {
  static func sheet(_ figures: PeopleFigures) -> Sheet {
    let people = figures.statusDistribution.reduce(0) { $0 + $1.count }
    func section(_ title: String, _ distribution: PeopleFigures.Distribution, isDisjoint: Bool = true)
      -> Sheet.Section
    {
      Sheet.Section(title, parts(distribution, isDisjoint: isDisjoint, of: people))
    }
    return Sheet(
      lead: RangeLine.text(figures.range),
      [
        growth(figures.growthTrend), status(figures.statusDistribution, of: people),
        section("Age", figures.ageGroups), section("Gender", figures.genderDistribution),
        section("City", figures.cityDistribution), section("Membership type", figures.membershipTypes),
        section("Groups", figures.groups, isDisjoint: false),
        section("Tags", figures.tags, isDisjoint: false),
        retention(figures.retention),
      ])
  }

  private static func growth(_ growth: [PeopleFigures.Growth]) -> Sheet.Section {
    let table = SheetTable(
      [.text("period"), .number("joined"), .number("left"), .number("net"), .number("total")],
      rows: growth.map {
        [.text($0.period), .count($0.joined), .count($0.left), .count($0.joined - $0.left), .count($0.total)]
      }, bars: growth.map { Double($0.total) })
    return Sheet.Section(
      "Growth",
      [
        .sparklines([
          .init("joined", growth.map { Double($0.joined) }), .init("left", growth.map { Double($0.left) }),
          .init("total", growth.map { Double($0.total) }),
        ]), .table(table),
      ])
  }

  /// Comes first of those that are not of the range.
  private static func status(_ statuses: PeopleFigures.Distribution, of people: Int) -> Sheet.Section {
    let remark =
      people > 0
      ? "Here and below, everybody on record now: \(FigureText.grouped(people)), archived people included."
      : "Nobody is on record, or nobody whom --group and --where leave."
    return Sheet.Section("Status", [.remark(remark)] + parts(statuses, isDisjoint: true, of: people))
  }

  private static func parts(
    _ distribution: PeopleFigures.Distribution, isDisjoint: Bool, of people: Int
  ) -> [Sheet.Part] {
    let shown = ShownDistribution(distribution, isDisjoint: isDisjoint)
    let table = SheetTable(
      [.text(""), .number("people"), .number("share", isExpendable: true)],
      rows: shown.rows.map {
        [.text($0.label), .count($0.count), .percent(Percentage.of($0.count, in: people))]
      }, bars: shown.rows.map { Double($0.count) })
    if shown.omitted == 0 { return [.table(table)] }
    return [.table(table), .remark("The \(ShownDistribution.maximum) largest of \(shown.total).")]
  }

  private static func retention(_ cohorts: [PeopleFigures.Cohort]) -> Sheet.Section {
    let rates = cohorts.map { Percentage.of($0.stillActive, in: $0.joined) }
    let table = SheetTable(
      [.text("joined in"), .number("joined"), .number("active"), .number("share")],
      rows: zip(cohorts, rates).map {
        [.text($0.cohort), .count($0.joined), .count($0.stillActive), .percent($1)]
      },
      bars: rates.map { $0 ?? 0 }, fullBar: 100)
    return Sheet.Section("Still active of those who joined", [.table(table)])
  }
}
