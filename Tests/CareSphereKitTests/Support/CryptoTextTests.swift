import CareSphereKit
import TestSupport
import Testing

@Suite struct CryptoTextTests {
  @Test func hexadecimalRoundTrips() {
    var random = SeededGenerator(seed: 16)
    for length in 0..<64 {
      let bytes = random.bytes(length)
      #expect(Hex.decode(Hex.encode(bytes)) == bytes)
      #expect(Hex.decode(Hex.encode(bytes).uppercased()) == bytes)
    }
    #expect(Hex.encode([0, 0x0f, 0xa0, 0xff]) == "000fa0ff")
  }

  @Test(arguments: ["0", "0g", "zz", "é", "0x10", " 00"])
  func refusesWhatIsNotHexadecimal(text: String) {
    #expect(Hex.decode(text) == nil)
  }

  /// RFC 4648, section 10, and two that need the URL alphabet.
  @Test(arguments: [
    ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
    ("foobar", "Zm9vYmFy"), ("~~~", "fn5-"), ("???", "Pz8_"),
  ])
  func knownBase64URL(plain: String, encoded: String) {
    #expect(Base64URL.encode(plain.utf8) == encoded)
    #expect(Base64URL.decode(encoded) == Array(plain.utf8))
  }

  @Test func base64URLRoundTrips() {
    var random = SeededGenerator(seed: 64)
    for length in 0..<200 {
      let bytes = random.bytes(length)
      #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
    }
  }

  @Test(arguments: ["A", "AAAAA", "Zg==", "Zm9v+", "Zm9/", "Zh", "Zm9vYmF", "Zm 9", "Zm9é"])
  func refusesWhatIsNotCanonicalBase64URL(text: String) {
    #expect(Base64URL.decode(text) == nil)
  }

  @Test(arguments: [0, 1, 255, 256, 257, 1000])
  func randomBytesAreAsManyAsAskedForAndDiffer(count: Int) {
    let bytes = RandomBytes.make(count)
    #expect(bytes.count == count)
    if count > 16 {
      #expect(bytes != RandomBytes.make(count))
      #expect(bytes.suffix(16).contains { $0 != 0 })
    }
  }
}
