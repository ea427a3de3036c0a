import Testing

@testable import CareSphereKit

/// Domains in ASCII.
@Suite struct InternationalDomainTests {
  /// The samples of RFC 3492, section 7.1.
  @Test(
    arguments: [
      ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"), ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
      ("他們爲什麽不說中文", "ihqwctvzc91f659drss3x8bo0yb"),
      ("למההםפשוטלאמדבריםעברית", "4dbcagdahymbxekheh6e0a7fei0b"),
      ("なぜみんな日本語を話してくれないのか", "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"),
      ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
      ("3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"), ("そのスピードで", "d9juau41awczczp"),
      ("-> $1.00 <-", "-> $1.00 <--"),
      ("ü", "tda"), ("", ""),
    ]) func punycode(_ text: String, _ expected: String)
  {
    #expect(Punycode.encode(text) == expected)
  }

  @Test(
    arguments: [
      ("bücher.example", "xn--bcher-kva.example"), ("BÜCHER.Example", "xn--bcher-kva.example"),
      ("bu\u{308}cher.example", "xn--bcher-kva.example"), ("例子。广告", "xn--fsqu00a.xn--4rr70v"),
      ("faß.example", "xn--fa-hia.example"), ("plain.example", "plain.example"), ("i❤.ws", "xn--i-7iq.ws"),
    ]) func domains(_ domain: String, _ expected: String) throws
  {
    #expect(try InternationalDomain.ascii(domain) == expected)
  }

  @Test func whatIsTooLongIsNone() {
    for domain in [String(repeating: "ü", count: 64) + ".example", String(repeating: "a", count: 64), "a..b"]
    {
      #expect(throws: ValueProblem.self) { try InternationalDomain.ascii(domain) }
    }
    let long = Array(repeating: "abcdefghi", count: 26).joined(separator: ".")
    #expect(throws: ValueProblem.self) { try InternationalDomain.ascii(long) }
    #expect(Punycode.encode(String(repeating: "ü", count: 256)) == nil)
  }
}
