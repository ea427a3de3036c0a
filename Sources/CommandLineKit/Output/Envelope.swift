import TextFormats

/// The document around data and errors in JSON: `{"success","data","error","metadata"}`.
public struct Envelope: Sendable, Equatable {
  /// When the command ran, `2025-11-13T10:30:00Z`.
  public var timestamp: String
  /// What this run is called in logs.
  public var requestId: String
  /// The program's version.
  public var version: String

  /// - Parameters:
  ///   - timestamp: when the command ran, in UTC: `2025-11-13T10:30:00Z`.
  ///   - requestId: what this run is called.
  ///   - version: the program's version.
  public init(timestamp: String, requestId: String, version: String) {
    self.timestamp = timestamp
    self.requestId = requestId
    self.version = version
  }

  /// The document of a success, on one line without a line feed.
  public func success(_ data: JSONValue, pagination: Pagination? = nil) -> JSONValue {
    [
      "success": true, "data": data, "error": nil, "metadata": .object(metadata(pagination)),
    ]
  }

  /// The document of a failure.
  /// - Parameters:
  ///   - code: the error's name in the contract: `NOT_FOUND`.
  ///   - message: one sentence.
  ///   - details: an object from field to reason, a list of `{line, field, message}`, or null.
  public func failure(code: String, message: String, details: JSONValue) -> JSONValue {
    [
      "success": false, "data": nil,
      "error": ["code": .string(code), "message": .string(message), "details": details],
      "metadata": .object(metadata(nil)),
    ]
  }

  /// What follows the data of a list that was streamed, up to the line feed.
  func successTail(_ pagination: Pagination?) -> String {
    ",\"error\":null,\"metadata\":" + JSONWriter.string(.object(metadata(pagination))) + "}\n"
  }

  private func metadata(_ pagination: Pagination?) -> JSONObject {
    var metadata = JSONObject([
      ("timestamp", .string(timestamp)), ("requestId", .string(requestId)), ("version", .string(version)),
    ])
    if let pagination {
      metadata["pagination"] = [
        "currentPage": .integer(pagination.currentPage), "totalPages": .integer(pagination.totalPages),
        "totalItems": .integer(pagination.totalItems), "itemsPerPage": .integer(pagination.itemsPerPage),
        "hasNextPage": .bool(pagination.hasNextPage), "hasPreviousPage": .bool(pagination.hasPreviousPage),
      ]
    }
    return metadata
  }
}
