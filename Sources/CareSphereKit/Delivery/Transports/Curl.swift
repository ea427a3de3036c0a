import CRuntime
import Glibc

/// A handle of libcurl's and the connection that it keeps. It belongs to one thread at a time.
final class Curl {
  /// Where certificates' authorities are found; nil is where libcurl looks by itself.
  struct Trust: Sendable {
    var file: String?
    var folder: String?

    /// From OpenSSL's variables, which its library honours only where libcurl names no place.
    init(environment: [String: String]) {
      file = environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
      folder = environment["SSL_CERT_DIR"].flatMap { $0.isEmpty ? nil : $0 }
    }
  }

  /// What came of an exchange.
  struct Answer {
    /// `CURLcode`; 0 where libcurl is satisfied.
    var status: Int32 = 0
    /// The last reply's code or the status of HTTP; 0 where there was none.
    var reply: Int32 = 0
    /// Whether the connection was there before.
    var isReused = false
    /// Of a mail whether all of it, of a request whether any of it went into the connection.
    var isSent = false
    /// Whether a limit of ours ended it.
    var isTimedOut = false
    /// libcurl's words for what went wrong.
    var problem = ""
    /// The last reply's lines, or the beginning of the response's body.
    var words: [UInt8] = []
  }

  private let handle: OpaquePointer
  private let trust: Trust
  /// Of the next exchange.
  var limits: TransportLimits

  /// - Throws: `CareError(.unavailable)` where libcurl is not there.
  init(trust: Trust, limits: TransportLimits) throws(CareError) {
    guard let handle = caresphere_curl_new() else {
      let reason = caresphere_curl_load().map { String(cString: $0) } ?? "there is no memory for libcurl"
      throw CareError(.unavailable, reason)
    }
    self.handle = handle
    self.trust = trust
    self.limits = limits
  }

  deinit { caresphere_curl_free(handle) }

  /// Cuts the kept connection. libcurl keeps one on which the answer to a mail is still due, and would take that for the
  /// answer to the next.
  func abandon() { caresphere_curl_abandon(handle) }

  /// Hands a mail over by SMTP.
  /// - Parameters:
  ///   - url: of the server, without a user.
  ///   - login: who logs in; nil where nobody does.
  ///   - isFresh: whether the kept connection is passed over.
  func mail(
    _ outgoing: Outgoing, url: String, tls: Configuration.SMTP.TLS, login: Login?, isFresh: Bool
  ) -> Answer {
    let texts = [url, login?.user, login?.password, outgoing.sender, outgoing.recipient]
    return exchange(texts, outgoing.content) { texts, bytes, trust, limits, result in
      var mail = caresphere_mail(
        url: texts[0], user: texts[1], password: texts[2], tls: tls.number, from: texts[3], to: texts[4],
        bytes: bytes.baseAddress, length: bytes.count, fresh: isFresh ? 1 : 0)
      caresphere_curl_mail(handle, &mail, &trust, &limits, &result)
    }
  }

  /// Makes a POST request, on a connection of its own.
  /// - Parameter headers: `Name: value` each, of one line.
  func post(_ body: [UInt8], url: String, login: Login?, headers: [String]) -> Answer {
    let texts = [url, login?.user, login?.password] + headers.map(Optional.some)
    return exchange(texts, body) { texts, bytes, trust, limits, result in
      let list = Array(texts[3...]) + [nil]
      list.withUnsafeBufferPointer { list in
        var post = caresphere_post(
          url: texts[0], user: texts[1], password: texts[2], headers: list.baseAddress,
          bytes: bytes.baseAddress, length: bytes.count)
        caresphere_curl_post(handle, &post, &trust, &limits, &result)
      }
    }
  }

  /// Connects, encrypts and logs in, and no more.
  /// - Parameter url: of a mail server, without a user, or of a web service.
  func probe(url: String, tls: Configuration.SMTP.TLS, login: Login?) -> Answer {
    exchange([url, login?.user, login?.password], []) { texts, _, trust, limits, result in
      var probe = caresphere_probe(url: texts[0], user: texts[1], password: texts[2], tls: tls.number)
      caresphere_curl_probe(handle, &probe, &trust, &limits, &result)
    }
  }

  /// Who logs in.
  struct Login {
    var user: String
    var password: String
  }

  private typealias Body = (
    [UnsafePointer<CChar>?], UnsafeBufferPointer<UInt8>, inout caresphere_curl_trust,
    inout caresphere_curl_limits, inout caresphere_curl_result
  ) -> Void

  private func exchange(_ texts: [String?], _ bytes: [UInt8], _ body: Body) -> Answer {
    withWipedCStrings(texts + [trust.file, trust.folder]) { pointers in
      var trust = caresphere_curl_trust(file: pointers[texts.count], folder: pointers[texts.count + 1])
      var limits = caresphere_curl_limits(
        connect: limits.connect, reply: limits.reply, completion: limits.completion,
        give_up: { context in
          guard let context else { return 0 }
          return Unmanaged<Patience>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
        }, context: Unmanaged.passUnretained(self.limits.patience).toOpaque())
      var result = caresphere_curl_result()
      // An empty array has no address, and libcurl reads the length of what has none with strlen.
      (bytes.isEmpty ? [0] : bytes).withUnsafeBufferPointer { all in
        body(pointers, UnsafeBufferPointer(rebasing: all.prefix(bytes.count)), &trust, &limits, &result)
      }
      return Answer(result)
    }
  }

  /// Calls `body` with copies of texts for C, nil for nil, and wipes them: one may be a password.
  private func withWipedCStrings<Result>(
    _ texts: [String?], _ body: ([UnsafePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = texts.map { $0.flatMap { strdup($0) } }
    defer {
      for copy in copies {
        guard let copy else { continue }
        explicit_bzero(copy, strlen(copy))
        free(copy)
      }
    }
    return body(copies.map { $0.map { UnsafePointer($0) } })
  }
}

extension Curl.Answer {
  fileprivate init(_ result: caresphere_curl_result) {
    status = result.status
    reply = result.reply
    isReused = result.reused != 0
    isSent = result.sent != 0
    isTimedOut = result.timed_out != 0
    problem = withUnsafeBytes(of: result.problem) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    words = withUnsafeBytes(of: result.words) { Array($0.prefix(result.words_length)) }
  }
}

extension Configuration.SMTP.TLS {
  fileprivate var number: Int32 {
    switch self {
    case .none: Int32(CARESPHERE_TLS_NONE)
    case .optional: Int32(CARESPHERE_TLS_OPTIONAL)
    case .required: Int32(CARESPHERE_TLS_REQUIRED)
    }
  }
}
