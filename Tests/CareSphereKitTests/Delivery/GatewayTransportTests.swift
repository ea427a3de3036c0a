import Foundation
import TestSupport
import Testing

@testable import CareSphereKit

@Suite struct GatewayTransportTests {
  let fixture: TransportFixture
  let token: String

  init() throws {
    fixture = try TransportFixture()
    token = try fixture.secret("token", "t0ken\n")
  }

  private func transport(
    port: Int, _ type: MessageType = .sms, path: String = "", scheme: String = "http"
  ) throws -> any Transport {
    try fixture.transport(
      """
      { \(type.rawValue): { transport: "http", from: "+15551230000", http: {
        url: "\(scheme)://127.0.0.1:\(port)\(path)", accountSid: "AC12", authTokenFile: "\(token)" } } }
      """, for: type)
  }

  private func server(_ rules: [[String: Any]] = []) throws -> TestServer {
    try TestServer(
      "gateway_server", in: fixture.sandbox, options: ["account": "AC12", "token": "t0ken", "rules": rules])
  }

  @Test(arguments: ["", "/", "/2010-04-01/Accounts/AC12/Messages.json"])
  func postsTheFormOfTwilio(path: String) throws {
    let server = try server()
    let body = "Grüße & 50% = ☺ +\nzweite Zeile"
    try transport(port: server.port, path: path).deliver(.text(body))
      .expect("accepted", saying: "SM00000000000000000000000000000001")
    let request = try #require(try server.requests().first)
    #expect(request["path"] as? String == "/2010-04-01/Accounts/AC12/Messages.json")
    #expect(
      request["form"] as? [String: String] == ["To": "+4915112345678", "From": "+15551230000", "Body": body])
    let headers = try #require(request["headers"] as? [String: String])
    #expect(headers["content-type"] == "application/x-www-form-urlencoded")
    #expect(headers["idempotency-key"] == "019a8c00-0000-7000-8000-00000000000a")
  }

  @Test func marksBothNumbersOfWhatsApp() throws {
    let server = try server()
    try transport(port: server.port, .whatsapp).deliver(.text("Hi")).expect("accepted")
    let form = try #require(try server.requests().first?["form"] as? [String: String])
    #expect(form["To"] == "whatsapp:+4915112345678")
    #expect(form["From"] == "whatsapp:+15551230000")
  }

  @Test(arguments: [
    (200, #"{"sid":"SM1"}"#, "accepted", "SM1"), (202, "", "accepted", ""), (201, "not json", "accepted", ""),
    (
      400, #"{"code":21211,"message":"Invalid 'To' Phone Number"}"#, "refused",
      "400 Invalid 'To' Phone Number (21211)"
    ),
    (422, "no\nsuch thing", "refused", "422 no such thing"),
    (
      401, #"{"code":20003,"message":"Authenticate"}"#, "unavailable",
      "refuses the login: 401 Authenticate (20003)"
    ),
    (403, "", "unavailable", "403"), (404, "", "unavailable", "404"), (302, "", "unavailable", "302"),
    (429, #"{"code":20429,"message":"Too Many Requests"}"#, "deferred", "Too Many Requests"),
    (503, "", "deferred", "503"), (408, "", "deferred", "408"),
    (500, "oops", "uncertain", "500 oops"), (502, "", "uncertain", "502"), (504, "", "uncertain", "504"),
  ])
  func understandsAnswers(status: Int, body: String, kind: String, words: String) throws {
    let server = try server([
      ["at": "REQUEST", "status": status, "body": body, "headers": ["Location": "http://127.0.0.1:1/"]]
    ])
    try transport(port: server.port).deliver(.text("Hi")).expect(kind, saying: words)
  }

  @Test(arguments: ["REQUEST", "TAKEN"], ["close", "hang"])
  func doesNotKnowWhatBecameOfAnUnansweredRequest(moment: String, what: String) throws {
    let server = try server([["at": moment, "do": what]])
    let transport = try transport(port: server.port)
    transport.deliver(.text("Hi")).expect("uncertain", saying: "had the request and did not answer")
  }

  @Test func neverAsksTwiceByItself() throws {
    let server = try server([["at": "TAKEN", "after": 2, "times": 1, "do": "close"]])
    let transport = try transport(port: server.port)
    let kinds = (1...3).map { transport.deliver(.text("Text \($0)")).kind }
    #expect(kinds == ["accepted", "uncertain", "accepted"])
    let bodies = try server.requests().map { ($0["form"] as? [String: String])?["Body"] }
    #expect(bodies == ["Text 1", "Text 2", "Text 3"])
  }

  @Test func saysThatNobodyListens() throws {
    let port = try FreePort.find()
    try transport(port: port).deliver(.text("Hi")).expect(
      "unavailable", saying: "cannot reach http://127.0.0.1:\(port)")
    let server = try server()
    try transport(port: server.port, scheme: "https").deliver(.text("Hi")).expect("unavailable")
    #expect(try server.requests().isEmpty)
  }

  @Test func readsNoTokenThatOthersCouldHave() throws {
    let server = try server()
    chmod(token, 0o644)
    try transport(port: server.port).deliver(.text("Hi")).expect("unavailable", saying: "its mode is 0644")
  }

  @Test func postsPushNotesAsTheyAre() throws {
    let server = try TestServer("gateway_server", in: fixture.sandbox)
    let configuration = """
      { push: { transport: "http", http: { url: "http://127.0.0.1:\(server.port)/push?key=1",
        headers: { Authorization: "Bearer abc", "X-Kind": "note" } } } }
      """
    let note = #"{"title":"Grüße","n":1}"#
    try fixture.transport(configuration, for: .push).deliver(.text(note)).expect("accepted")
    let request = try #require(try server.requests().first)
    #expect(request["path"] as? String == "/push?key=1")
    let body = (request["body"] as? String)?.data(using: .isoLatin1).map {
      String(decoding: $0, as: UTF8.self)
    }
    #expect(body == note)
    let headers = try #require(request["headers"] as? [String: String])
    #expect(headers["authorization"] == "Bearer abc")
    #expect(headers["x-kind"] == "note")
    #expect(headers["content-type"] == "application/json")
  }
}
