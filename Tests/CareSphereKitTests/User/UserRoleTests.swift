import Testing

@testable import CareSphereKit

@Suite struct UserRoleTests {
  private func actor(_ role: Role, _ credential: Actor.Credential = .session("s")) -> Actor {
    Actor(id: "me", email: "me@grace.example", name: "Me", role: role, credential: credential)
  }

  @Test func privateNotesReachTheirAuthorAndAdmins() {
    for role in Role.allCases {
      #expect(actor(role).mayReadPrivateNote(by: "me"))
      #expect(actor(role).mayReadPrivateNote(by: "other") == (role == .admin))
      #expect(actor(role).mayReadPrivateNote(by: nil) == (role == .admin))
      #expect(actor(role, .serviceToken("t")).mayReadPrivateNote(by: "me") == (role == .admin))
    }
  }

  @Test func aRefusalNamesTheCommandAndTheRole() {
    for role in Role.allCases {
      for least in Role.allCases where role < least {
        let error = #expect(throws: CareError.self) {
          try Access.atLeast(least).check(actor(role), command: "user list")
        }
        #expect(error?.code == .forbidden)
        #expect(error?.message == "`user list` needs the role \(least); you are \(role)")
      }
      #expect(throws: Never.self) { try Access.anyone.check(actor(role), command: "status") }
    }
  }

  @Test func theAuditLogTellsATokenFromItsMaker() {
    #expect(actor(.admin).auditName == "me@grace.example")
    #expect(actor(.admin, .serviceToken("cron")).auditName == "me@grace.example (token cron)")
  }
}
