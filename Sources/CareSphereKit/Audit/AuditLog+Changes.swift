import TextFormats

extension AuditLog {
  /// Of a record before and after a change, the members in which they differ.
  static func changes(
    from before: JSONObject, to after: JSONObject
  ) -> (before: JSONObject, after: JSONObject) {
    let keys = after.keys.filter { before[$0] != after[$0] }
    func only(_ object: JSONObject) -> JSONObject { JSONObject(keys.map { ($0, object[$0] ?? .null) }) }
    return (only(before), only(after))
  }
}
