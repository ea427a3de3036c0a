import Testing
import TextFormats

@Suite struct JSONObjectTests {
  @Test func settingAKeyAgainKeepsItsPlace() {
    var object = JSONObject([("a", 1), ("b", 2)])
    object["a"] = 3
    #expect(object.keys == ["a", "b"])
    #expect(object["a"] == 3)
  }
}
