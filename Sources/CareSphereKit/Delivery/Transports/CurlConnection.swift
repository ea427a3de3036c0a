/// The handle of libcurl's that a way out keeps, made when it is first needed.
struct CurlConnection {
  /// Of each exchange, unless it is told otherwise.
  let limits: TransportLimits
  private let trust: Curl.Trust
  private var curl: Curl?

  init(trust: Curl.Trust, limits: TransportLimits) {
    self.trust = trust
    self.limits = limits
  }

  /// - Throws: `CareError(.unavailable)` where libcurl is not there.
  mutating func opened() throws(CareError) -> Curl {
    if let curl { return curl }
    let made = try Curl(trust: trust, limits: limits)
    curl = made
    return made
  }
}
