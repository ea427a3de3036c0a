import TestSupport
import Testing

@testable import CareSphereKit

@Suite struct ConfigurationManualTests {
  @Test func itsExamplesAreRight() throws {
    for example in ConfigurationManual.examples {
      #expect(throws: Never.self, "\(example.about)") {
        try Configuration(
          parsing: Array(example.text.utf8), path: "/etc/caresphere/config.json", home: "/root")
      }
    }
  }

  /// A key that is not known is answered with those that are.
  @Test(arguments: [
    "organization", "email", "email.smtp", "email.sendmail", "email.maildir", "sms", "sms.http", "whatsapp",
    "whatsapp.http", "push", "push.http", "delivery", "rules", "backup",
  ])
  func namesEveryKey(section: String) throws {
    let path = section.split(separator: ".")
    let opening = path.map { "{ \($0): " }.joined()
    let text = opening + "{ zzzzzzzzzzzz: 1 }" + String(repeating: " }", count: path.count)
    let error = #expect(throws: CareError.self) {
      try Configuration(parsing: Array(text.utf8), path: "/config.json", home: nil)
    }
    guard case .fields(let problems)? = error?.details, let reason = problems.first?.reason,
      let list = reason.components(after: "there are ")
    else { return #expect(Bool(false), "\(String(describing: error))") }
    let described = Set(ConfigurationManual.sections.flatMap { $0.terms.map(\.term) })
    for key in list {
      let name = "\(section).\(key)"
      let isObject = described.contains { $0.hasPrefix(name + ".") }
      #expect(isObject || described.contains(name), "\(name) is not in the manual")
    }
  }
}

extension String {
  fileprivate func components(after mark: String) -> [Substring]? {
    guard let range = firstRange(of: mark) else { return nil }
    return self[range.upperBound...].split(separator: ",").map { $0.drop { $0 == " " } }
  }
}
