import TextFormats

/// The fields of a record in the body of `--from-json`.
enum RequestFields {
  /// Adds those of a body to those that flags have given.
  /// - Parameters:
  ///   - body: an object.
  ///   - noun: whose fields they are: `a group`.
  ///   - aliases: other keys that fields have.
  ///   - given: the values by field.
  ///   - problems: gets every key that is no field, with the nearest one.
  /// - Throws: `CareError`: `.validation` where the body is no object, `.usage` for a field that is given both ways
  static func read<Field>(
    _ body: JSONValue, of noun: String, aliases: [String: Field] = [:], into given: inout [Field: JSONValue],
    _ problems: inout [CareError.FieldProblem]
  ) throws(CareError)
  where Field: RawRepresentable & CaseIterable & Hashable, Field.RawValue == String {
    guard case .object(let object) = body else {
      throw CareError(.validation, "the JSON has to be an object with \(noun)'s fields")
    }
    for member in object.members {
      guard let field = Field(rawValue: member.key) ?? aliases[member.key] else {
        let nearest = EditDistance.nearest(to: member.key, in: Field.allCases.map(\.rawValue))
        problems.append(
          .init(member.key, "is no field of \(noun)" + (nearest.map { "; did you mean \($0)?" } ?? "")))
        continue
      }
      if given.updateValue(member.value, forKey: field) != nil { throw .givenTwice(field.rawValue) }
    }
  }
}
