import TextFormats

/// What the answer of a web service means for what was posted to it.
enum HTTPOutcome {
  /// - Parameter url: for the words; its query, which may hold a key, is left out.
  static func judge(_ answer: Curl.Answer, url: String) -> DeliveryOutcome {
    let place = String(url.prefix { $0 != "?" })
    guard answer.status == 0 else {
      let problem = answer.isTimedOut ? "it did not answer in time" : ServerWords.line(answer.problem)
      return answer.isSent
        ? .uncertain("\(place) had the request and did not answer: \(problem)")
        : .unavailable("cannot reach \(place): \(problem)")
    }
    let words = "\(answer.reply) \(words(answer.words))"
    switch answer.reply {
    case 200...299: return .accepted(providerID: providerID(answer.words))
    case 408, 429, 503: return .deferred(words)
    case 401, 403: return .unavailable("\(place) refuses the login: \(words)")
    // There is nothing at that address, or not for such requests: the configuration's fault, not the recipient's.
    case 300...399, 404, 405: return .unavailable("\(place) is not where messages are taken: \(words)")
    case 400...499: return .refused(words, isHardBounce: false)
    default: return .uncertain("\(place) answers \(words)")
    }
  }

  /// `sid` of what was taken.
  private static func providerID(_ body: [UInt8]) -> String? {
    guard let object = JSONObject(parsing: body) else { return nil }
    for key in ["sid", "id", "messageId"] {
      if case .string(let id)? = object[key], !id.isEmpty { return String(ServerWords.line(id).prefix(200)) }
    }
    return nil
  }

  /// The message of an error with its number where it is JSON, else the beginning of the text.
  private static func words(_ body: [UInt8]) -> String {
    guard let object = JSONObject(parsing: body), case .string(let message)? = object["message"]
    else { return ServerWords.line(body) }
    guard case .number(let code)? = object["code"] else { return ServerWords.line(message) }
    return ServerWords.line("\(message) (\(code))")
  }
}
