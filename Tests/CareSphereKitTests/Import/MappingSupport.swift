import Testing
import TextFormats

@testable import CareSphereKit

/// Maps one row under these headings.
func mapped(
  _ headings: [String], _ cells: [String], _ options: MappingOptions = .init(), order: DateOrder? = nil
) throws -> MappedRecord {
  let mapper = try RecordMapper(
    headings: Headings(line: 1, names: headings), options: options, values: fileValues(order))
  var ignored = NameList()
  return mapper.draft(from: ImportRecord(line: 2, content: .cells(cells)), ignored: &ignored)
}

/// Maps one object, with the keys that were left out.
func mapped(
  _ object: JSONValue, _ options: MappingOptions = .init()
) throws -> (record: MappedRecord, ignored: [String]) {
  guard case .object(let object) = object else { throw CareError(.internalError, "no object") }
  let mapper = try RecordMapper(headings: nil, options: options, values: fileValues())
  var ignored = NameList()
  let record = mapper.draft(from: ImportRecord(line: 1, content: .object(object)), ignored: &ignored)
  return (record, ignored.names)
}

extension MappedRecord {
  /// The draft; nil where the record is wrong.
  var draft: MemberDraft? {
    if case .draft(let draft) = self { return draft }
    return nil
  }

  /// What is wrong with the record, `field: reason` each.
  var problems: [String] {
    guard case .failure(let problems) = self else { return [] }
    return problems.map { "\($0.field): \($0.reason)" }
  }
}

/// The error of `body`, which has to throw one of ours.
func careError(_ body: () throws -> Void) throws -> CareError {
  try #require(throws: CareError.self) { try body() }
}

extension CareError {
  /// The problems of the heading line.
  var lineMessages: [String] {
    guard case .lines(let problems) = details else { return [] }
    return problems.map(\.message)
  }
}

/// The records that a sample file becomes, read and mapped as an import does.
func mapped(
  file text: String, _ options: MappingOptions = .init(), order: DateOrder? = nil
) throws -> (mapper: RecordMapper, records: [MappedRecord], ignored: [String]) {
  let file = try readAll(text)
  if let failure = file.failure { throw failure }
  let mapper = try RecordMapper(headings: file.headings, options: options, values: fileValues(order))
  var ignored = NameList(mapper.ignoredColumns)
  let records = file.records.map { mapper.draft(from: $0, ignored: &ignored) }
  return (mapper, records, ignored.names)
}
