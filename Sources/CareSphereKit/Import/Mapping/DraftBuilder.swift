/// Collects the values of one record, and everything that is wrong with them.
struct DraftBuilder {
  let values: MemberValues
  /// Whether an empty value empties its field.
  let blank: BlankCells
  /// Whether the record is to become a person, who needs a name or an e-mail address, or only says who is
  /// meant.
  var needsName = true
  /// The fields that can be emptied so.
  private let clearable: Set<MemberField>
  private(set) var draft = MemberDraft()
  private(set) var problems: [CareError.FieldProblem] = []
  /// The fields that were given, but empty; noted only where that means something.
  private(set) var emptied: Set<MemberField> = []
  private var optOuts: ChannelSet = []
  private var optIns: ChannelSet = []

  /// - Parameter clearable: the fields that an empty value empties under `.clear`.
  init(
    values: MemberValues, blank: BlankCells, clearable: Set<MemberField> = DraftBuilder.clearableByFile
  ) {
    self.values = values
    self.blank = blank
    self.clearable = blank == .clear ? clearable : []
  }

  /// A file only adds tags and groups.
  static let clearableByFile = Set(MemberField.allCases.filter(\.isClearable))
    .subtracting([.tags, .groups])

  /// Stores a text; an empty one empties the field where `--blank clear` says so.
  /// - Returns: whether it was not empty.
  @discardableResult
  mutating func set(_ field: MemberField, _ text: String) -> Bool {
    do throws(ValueProblem) {
      if try values.set(field, to: text, in: &draft) { return true }
    } catch {
      fail(field.rawValue, error)
      return true
    }
    setBlank(field)
    return false
  }

  /// Notes that the source has nothing in a field.
  mutating func setBlank(_ field: MemberField) {
    guard blank == .clear else { return }
    emptied.insert(field)
    if field == .optOuts {
      for channel in Channel.allCases { optIns.insert(ChannelSet(channel)) }
    } else if clearable.contains(field) {
      draft.cleared.insert(field)
    }
  }

  mutating func setCustom(_ name: String, _ text: String) {
    do throws(ValueProblem) {
      if let value = try values.customText(text) {
        append(CustomField(name: name, value: value))
      } else {
        setCustomBlank(name)
      }
    } catch {
      fail("custom.\(name)", error)
    }
  }

  mutating func setCustomBlank(_ name: String) {
    if blank == .clear { append(CustomField(name: name, value: .null)) }
  }

  /// Stores one custom field; of two of the same name the later counts.
  mutating func append(_ field: CustomField) {
    if draft.customFields == nil { draft.customFields = [] }
    draft.customFields?.append(field)
  }

  /// Stores what a yes-or-no column says of a channel.
  mutating func setOptOut(_ channel: Channel, _ text: String) {
    do throws(ValueProblem) {
      if let isOut = try values.boolean(text) {
        setConsent(channel, isOut: isOut)
      } else if blank == .clear {
        setConsent(channel, isOut: false)
      }
    } catch {
      fail("\(channel.rawValue)OptOut", error)
    }
  }

  mutating func setConsent(_ channel: Channel, isOut: Bool, reason: String? = nil) {
    if isOut {
      optOuts.insert(ChannelSet(channel))
      if let reason { draft.optOutReason = reason }
    } else {
      optIns.insert(ChannelSet(channel))
    }
  }

  mutating func setTags(_ tags: [String]) {
    do throws(ValueProblem) {
      if let tags = try values.tags(tags) { draft.tags = tags } else { setBlank(.tags) }
    } catch {
      fail(MemberField.tags.rawValue, error)
    }
  }

  mutating func setGroups(_ groups: [String]) {
    do throws(ValueProblem) {
      if let groups = try values.groups(groups) { draft.groups = groups } else { setBlank(.groups) }
    } catch {
      fail(MemberField.groups.rawValue, error)
    }
  }

  mutating func fail(_ field: String, _ problem: ValueProblem) {
    problems.append(.init(field, problem.reason))
  }

  mutating func fail(_ field: String, _ reason: String) { problems.append(.init(field, reason)) }

  /// The draft of an imported record with its parts put together, or all that is wrong.
  mutating func finish() -> MappedRecord {
    if needsName, draft.firstName == nil, draft.lastName == nil, draft.email == nil,
      !problems.contains(where: { ["firstName", "lastName", "email"].contains($0.field) })
    {
      fail("", "has neither a first nor a last name nor an e-mail address, and needs one of them")
    }
    guard problems.isEmpty else { return .failure(problems) }
    return .draft(merged())
  }

  /// The draft with its parts put together, whatever it lacks.
  mutating func merged() -> MemberDraft {
    if !optOuts.isEmpty || !optIns.isEmpty { mergeConsents() }
    if let fields = draft.customFields, fields.count > 1 {
      draft.customFields = DraftBuilder.sorted(fields)
    }
    return draft
  }

  /// An opt-out counts, whatever else the record says of the channel.
  private mutating func mergeConsents() {
    let outs = Channel.allCases.filter {
      optOuts.contains(ChannelSet($0)) || draft.optOuts?.contains($0) == true
    }
    let ins = Channel.allCases.filter {
      !outs.contains($0) && (optIns.contains(ChannelSet($0)) || draft.optIns?.contains($0) == true)
    }
    draft.optOuts = outs.isEmpty ? draft.optOuts : outs
    draft.optIns = ins.isEmpty ? nil : ins
  }

  /// Sorted by name, and of several of one name the last.
  private static func sorted(_ fields: [CustomField]) -> [CustomField] {
    if zip(fields, fields.dropFirst()).allSatisfy({ $0.name < $1.name }) { return fields }
    let order = fields.indices.sorted { (fields[$0].name, $0) < (fields[$1].name, $1) }
    var result: [CustomField] = []
    for index in order {
      if result.last?.name == fields[index].name { result.removeLast() }
      result.append(fields[index])
    }
    return result
  }
}

/// A set of channels in one byte, because every row has two of them.
private struct ChannelSet: OptionSet {
  let rawValue: UInt8
  init(rawValue: UInt8) { self.rawValue = rawValue }
  init(_ channel: Channel) {
    switch channel {
    case .email: rawValue = 1
    case .sms: rawValue = 2
    case .push: rawValue = 4
    }
  }
}
