import CareSphereKit
import TestSupport
import Testing

@Suite struct CryptoDigestTests {
  /// FIPS 180-4 examples and the CAVP short messages for SHA-256.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ])
  func knownDigests(message: String, digest: String) {
    #expect(SHA256.hex(message) == digest)
  }

  @Test func aMillionTimesA() {
    #expect(
      Hex.encode(SHA256.hash(repeatElement(UInt8(ascii: "a"), count: 1_000_000)))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func piecesMakeTheSameDigestAsTheWhole() {
    var random = SeededGenerator(seed: 7)
    for length in 0..<300 {
      let message = random.bytes(length)
      var hasher = SHA256()
      var rest = message[...]
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 1...130, using: &random))
        hasher.update(piece)
        rest = rest.dropFirst(piece.count)
        _ = hasher.finalize()
      }
      #expect(hasher.finalize() == SHA256.hash(message))
    }
  }

  @Test func agreesWithHashlib() throws {
    var random = SeededGenerator(seed: 180)
    let messages = (0..<400).map { random.bytes($0 < 200 ? $0 : Int.random(in: 0...5000, using: &random)) }
    let answers = try CryptoPython.run(
      """
      import sys, hashlib
      for line in sys.stdin: print(hashlib.sha256(bytes.fromhex(line.strip()[1:])).hexdigest())
      """, input: messages.map { "x" + Hex.encode($0) })
    #expect(messages.map { Hex.encode(SHA256.hash($0)) } == answers)
  }

  struct MACVector: Sendable {
    let key: [UInt8]
    let message: [UInt8]
    let code: String
  }

  /// RFC 4231, section 4, without the truncated one.
  static let macVectors = [
    MACVector(
      key: .init(repeating: 0x0b, count: 20), message: Array("Hi There".utf8),
      code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    MACVector(
      key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8),
      code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    MACVector(
      key: .init(repeating: 0xaa, count: 20), message: .init(repeating: 0xdd, count: 50),
      code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    MACVector(
      key: Array(1...25), message: .init(repeating: 0xcd, count: 50),
      code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
    MACVector(
      key: .init(repeating: 0xaa, count: 131),
      message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
    MACVector(
      key: .init(repeating: 0xaa, count: 131),
      message: Array(
        ("This is a test using a larger than block-size key and a larger than block-size data. "
          + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
      code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
  ]

  @Test(arguments: macVectors)
  func knownAuthenticationCodes(vector: MACVector) {
    #expect(Hex.encode(HMAC.authenticate(vector.message, key: vector.key)) == vector.code)
  }

  @Test func agreesWithPythonsHMAC() throws {
    var random = SeededGenerator(seed: 2104)
    let cases = (0..<200).map { (key: random.bytes($0), message: random.bytes(($0 * 7) % 311)) }
    let answers = try CryptoPython.run(
      """
      import sys, hmac
      for line in sys.stdin:
        key, message = line.strip().split(",")
        print(hmac.new(bytes.fromhex(key), bytes.fromhex(message), "sha256").hexdigest())
      """, input: cases.map { "\(Hex.encode($0.key)),\(Hex.encode($0.message))" })
    #expect(cases.map { Hex.encode(HMAC.authenticate($0.message, key: $0.key)) } == answers)
  }

  @Test func comparesSecretsWhole() {
    #expect(ConstantTime.equal([1, 2, 3], [1, 2, 3]))
    #expect(!ConstantTime.equal([1, 2, 3], [1, 2, 4]))
    #expect(!ConstantTime.equal([1, 2, 3], [1, 2]))
    #expect(ConstantTime.equal([], []))
  }
}
