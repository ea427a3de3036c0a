/// Push notes to a web service: the body as it is, by POST.
final class PushTransport: Transport {
  private let push: Configuration.Push.HTTP
  let url: String
  var connection: CurlConnection

  /// - Parameter push: its headers stand in the requests; a `Content-Type` among them replaces JSON's.
  init(_ push: Configuration.Push.HTTP, url: String, trust: Curl.Trust, limits: TransportLimits) {
    self.push = push
    self.url = url
    connection = CurlConnection(trust: trust, limits: limits)
  }

  func deliver(_ outgoing: Outgoing) -> DeliveryOutcome {
    do throws(CareError) {
      let curl = try connection.opened()
      let given = Set(push.headers.map { $0.name.lowercased() })
      let standard = [("Content-Type", "application/json"), ("Idempotency-Key", outgoing.recipientID)]
      let headers =
        push.headers.map { "\($0.name): \($0.value)" }
        + standard.filter { !given.contains($0.0.lowercased()) }.map { "\($0): \($1)" }
      return HTTPOutcome.judge(curl.post(outgoing.content, url: url, login: nil, headers: headers), url: url)
    } catch {
      return .unavailable(error.message)
    }
  }
}
