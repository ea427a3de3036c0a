import TextFormats

/// Carries out the compiled steps on the cells of one row.
struct RowMapping {
  let cells: [String]
  /// Whether the cells are from a table, whose formulas an export guards.
  let isGuarded: Bool
  var builder: DraftBuilder

  init(values: MemberValues, cells: [String], blank: BlankCells, isGuarded: Bool = true) {
    self.cells = cells
    self.isGuarded = isGuarded
    self.builder = DraftBuilder(values: values, blank: blank)
  }

  /// The draft that `steps` make, or all that is wrong with the row.
  mutating func run(_ steps: [RecordStep]) -> MappedRecord {
    for step in steps {
      switch step {
      case .field(let field, let column): builder.set(field, cell(column))
      case .custom(let name, let column): builder.setCustom(name, cell(column))
      case .optOut(let channel, let column): builder.setOptOut(channel, cell(column))
      default: runCombined(step)
      }
    }
    return builder.finish()
  }

  private mutating func runCombined(_ step: RecordStep) {
    switch step {
    case .firstFilled(let field, let columns):
      builder.set(field, columns.map { cell($0) }.first { !MemberValues.isBlank($0) } ?? "")
    case .firstName(let first, let middle, let others): setFirstName(first, middle, others)
    case .emails(let columns): setEmail(columns)
    case .phones(let columns): setPhone(columns)
    case .addresses(let addresses): setAddress(addresses)
    case .birth(let day, let month, let year): setBirth(cell(day), cell(month), cell(year))
    case .googleLabels(let column): builder.setTags(SourceFormats.googleLabels(cell(column)))
    case .mailchimpTags(let column): builder.setTags(SourceFormats.mailchimpTags(cell(column)))
    case .mailchimpAddress(let column): setMailchimpAddress(cell(column))
    case .unsubscribed(let times, let reasons): setUnsubscribed(times, reasons)
    case .subscribed(let columns):
      if columns.contains(where: { !MemberValues.isBlank(cell($0)) }) {
        builder.setConsent(.email, isOut: false)
      }
    case .rockEmailPreference(let column): setRockPreference(cell(column))
    case .nameless(let column):
      let text = cell(column)
      if !MemberValues.isBlank(text) {
        builder.fail(
          "", "column \(column + 1) has no heading, but “\(text.prefix(40))” in it: give it a heading")
      }
    case .field, .custom, .optOut: break
    }
  }

  // MARK: Cells

  /// The cell without the quote that an export puts before formulas; "" where there is no such column.
  private func cell(_ column: Int?) -> String {
    guard let column, column < cells.count else { return "" }
    let cell = cells[column]
    return isGuarded && cell.utf8.first == UInt8(ascii: "'") ? FormulaGuard.unguarded(cell) : cell
  }

  /// The first of several values in a cell, without white space.
  private func first(_ column: Int?) -> String {
    MemberValues.trimmed(SourceFormats.firstValue(cell(column)))
  }

  // MARK: Values of several cells

  private mutating func setFirstName(_ first: Int?, _ middle: Int?, _ others: [Int]) {
    let name = cell(first)
    let more = cell(middle)
    switch (MemberValues.isBlank(name), MemberValues.isBlank(more)) {
    case (false, true): builder.set(.firstName, name)
    case (true, false): builder.set(.firstName, more)
    case (false, false):
      builder.set(.firstName, "\(MemberValues.trimmed(name)) \(MemberValues.trimmed(more))")
    case (true, true):
      builder.set(.firstName, others.map { cell($0) }.first { !MemberValues.isBlank($0) } ?? "")
    }
  }

  /// The first address. Outlook writes the directory path of colleagues into the same column.
  private mutating func setEmail(_ columns: [Int]) {
    for column in columns {
      let address = first(column)
      if !address.isEmpty, !SourceFormats.isDirectoryPath(address) {
        builder.set(.email, address)
        return
      }
    }
    builder.set(.email, "")
  }

  private mutating func setPhone(_ phones: [RecordStep.PhoneColumn]) {
    var best: (kind: PhoneKind, text: String)?
    for phone in phones {
      let text = first(phone.column)
      if text.isEmpty { continue }
      let kind = phone.label.map { SourceFormats.phoneKind(cell($0)) } ?? phone.kind
      if let best, best.kind <= kind { continue }
      best = (kind, text)
    }
    builder.set(.phone, best?.text ?? "")
  }

  private mutating func setAddress(_ addresses: [RecordStep.AddressColumns]) {
    let filled = addresses.first { address in
      let columns =
        address.lines + [address.whole, address.city, address.state, address.zipCode].compactMap(\.self)
      return columns.contains { !MemberValues.isBlank(cell($0)) }
    }
    guard let address = filled ?? addresses.first else { return }
    if addresses.contains(where: { !$0.lines.isEmpty || $0.whole != nil }) {
      let lines = address.lines.map { first($0) }.filter { !$0.isEmpty }
      builder.set(.address, lines.isEmpty ? first(address.whole) : lines.joined(separator: ", "))
    }
    // A part without a column is not an empty one.
    if addresses.contains(where: { $0.city != nil }) { builder.set(.city, first(address.city)) }
    if addresses.contains(where: { $0.state != nil }) { builder.set(.state, first(address.state)) }
    if addresses.contains(where: { $0.zipCode != nil }) { builder.set(.zipCode, first(address.zipCode)) }
    if addresses.contains(where: { $0.country != nil }) { builder.set(.country, first(address.country)) }
  }

  private mutating func setBirth(_ day: String, _ month: String, _ year: String) {
    let parts = [year, month, day].map(MemberValues.trimmed)
    let isYearKnown = !["", "0"].contains(parts[0])
    if ["", "0"].contains(parts[1]), ["", "0"].contains(parts[2]), !isYearKnown {
      builder.setBlank(.dateOfBirth)
    } else {
      builder.set(.dateOfBirth, isYearKnown ? parts.joined(separator: "-") : "--\(parts[1])-\(parts[2])")
    }
  }

  private mutating func setMailchimpAddress(_ text: String) {
    guard let parts = SourceFormats.mailchimpAddress(text) else {
      builder.set(.address, text)
      return
    }
    builder.set(.address, parts.address)
    builder.set(.city, parts.city)
    builder.set(.state, parts.state)
    builder.set(.zipCode, parts.zipCode)
    builder.set(.country, parts.country)
  }

  // MARK: Consent

  private mutating func setUnsubscribed(_ times: [Int], _ reasons: [Int]) {
    guard (times + reasons).contains(where: { !MemberValues.isBlank(cell($0)) }) else { return }
    let reason = reasons.map { MemberValues.trimmed(cell($0)) }.filter { !$0.isEmpty }.joined(separator: ": ")
    builder.setConsent(.email, isOut: true, reason: reason.isEmpty ? "unsubscribed at Mailchimp" : reason)
  }

  /// Rock writes the name or the number of the choice.
  private mutating func setRockPreference(_ text: String) {
    switch Heading.key(text) {
    case "": break
    case "emailallowed", "0": builder.setConsent(.email, isOut: false)
    case "nomassemails", "1": builder.setConsent(.email, isOut: true, reason: "no mass e-mails (Rock)")
    case "donotemail", "2": builder.setConsent(.email, isOut: true, reason: "do not e-mail (Rock)")
    default:
      builder.fail(
        MemberField.optOuts.rawValue,
        "“\(text.prefix(40))” is none of EmailAllowed, NoMassEmails or DoNotEmail")
    }
  }
}
