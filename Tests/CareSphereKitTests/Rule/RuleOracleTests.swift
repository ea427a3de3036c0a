import Testing

@testable import CareSphereKit

/// Rules, dates, and runs at one time or another: who is reached when.
@Suite struct RuleOracleTests {
  @Test(arguments: RuleCases.birthdays + RuleCases.changes + RuleCases.zones)
  func birthday(_ example: RuleCase) throws {
    #expect(try example.play() == example.acts)
  }

  @Test(arguments: RuleCases.dates + RuleCases.events + RuleCases.times)
  func other(_ example: RuleCase) throws {
    #expect(try example.play() == example.acts)
  }
}
