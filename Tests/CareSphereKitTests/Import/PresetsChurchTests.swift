import CareSphereKit
import Testing
import TextFormats

@Suite struct PresetsChurchTests {
  @Test func planningCenter() throws {
    let (mapper, records, ignored) = try mapped(
      file: """
        Person ID,Given Name,First Name,Nickname,Middle Name,Last Name,Birthdate,Gender,Status,Membership,\
        Home Address Street Line 1,Home Address Street Line 2,Home Address City,Home Address State,\
        Home Address Zip Code,Mobile Phone Number,Home Phone Number,Home Email,Created At
        4711,Anastasia,Ana,,M,Díaz,05/15/1885,Female,active,Member,1 Long St,Flat 2,Lagos,LA,00123,,030 200,\
        Ana@EXAMPLE.org,2019-01-01
        4712,Robert,,,,Baker,1990-05-15,M,Inactive,,,,,,,0801 300,030 200,,2019-01-01
        """)
    #expect(mapper.preset == .planningCenter)
    let ana = try #require(records[0].draft)
    #expect(ana.externalId == "4711")
    #expect(ana.firstName == "Ana")
    #expect(ana.lastName == "Díaz")
    #expect(ana.dateOfBirth == "--05-15")
    #expect(ana.gender == .female)
    #expect(ana.memberStatus == .active)
    #expect(ana.membershipType == "Member")
    #expect(ana.address == "1 Long St, Flat 2")
    #expect(ana.city == "Lagos")
    #expect(ana.state == "LA")
    #expect(ana.zipCode == "00123")
    #expect(ana.phone == "030 200")
    #expect(ana.email == "Ana@example.org")
    #expect(ana.joinDate == nil)
    #expect(ana.createdAt == nil)
    let robert = try #require(records[1].draft)
    #expect(robert.firstName == "Robert")
    #expect(robert.memberStatus == .inactive)
    #expect(robert.phone == "0801 300")
    #expect(ignored == ["Middle Name", "Created At"])
  }

  @Test func breeze() throws {
    let (mapper, records, ignored) = try mapped(
      file: """
        Breeze ID,First Name,Last Name,Nickname,Gender,Status,Birthdate,Mobile,Home,Email,Street Address,City,State,Zip,\
        Added Date,Favourite hymn
        12345,Ana,Díaz,,Female,Regular Attender,05/15/1990,0801 300,030 200,Ana@EXAMPLE.org,1 Long St,Lagos,LA,00123,\
        01/02/2019,Abide
        """)
    #expect(mapper.preset == .breeze)
    let ana = try #require(records[0].draft)
    #expect(ana.externalId == "12345")
    #expect(ana.firstName == "Ana")
    #expect(ana.membershipType == "Regular Attender")
    #expect(ana.memberStatus == nil)
    #expect(ana.dateOfBirth == "1990-05-15")
    #expect(ana.phone == "0801 300")
    #expect(ana.address == "1 Long St")
    #expect(ana.zipCode == "00123")
    #expect(ana.joinDate == nil)
    #expect(ignored == ["Added Date", "Favourite hymn"])
  }

  @Test func rock() throws {
    let (mapper, records, ignored) = try mapped(
      file: """
        Id,FirstName,NickName,LastName,Email,Gender,Birthdate,RecordStatus,ConnectionStatus,EmailPreference,CreatedDateTime
        7,Ana,Annie,Díaz,Ana@EXAMPLE.org,Female,5/15/1990 12:00:00 AM,Active,Member,EmailAllowed,1/1/2019
        8,,Bob,Baker,bob@b.org,Unknown,,Inactive,Attendee,DoNotEmail,1/1/2019
        9,Cy,,Cole,cy@c.org,Male,,Pending,Visitor,NoMassEmails,1/1/2019
        10,Di,,Dean,di@d.org,Male,,Pending,Visitor,Sometimes,1/1/2019
        """)
    #expect(mapper.preset == .rock)
    let ana = try #require(records[0].draft)
    #expect(ana.externalId == "7")
    #expect(ana.firstName == "Ana")
    #expect(ana.dateOfBirth == "1990-05-15")
    #expect(ana.memberStatus == .active)
    #expect(ana.membershipType == "Member")
    #expect(ana.optIns == [.email])
    let bob = try #require(records[1].draft)
    #expect(bob.firstName == "Bob")
    #expect(bob.gender == nil)
    #expect(bob.optOuts == [.email])
    #expect(bob.optOutReason == "do not e-mail (Rock)")
    #expect(records[2].draft?.memberStatus == .pending)
    #expect(records[2].draft?.optOuts == [.email])
    #expect(
      records[3].problems == ["optOuts: “Sometimes” is none of EmailAllowed, NoMassEmails or DoNotEmail"])
    #expect(ignored == ["CreatedDateTime"])
  }

  @Test func rockWithABirthdayInParts() throws {
    let headings = ["Id", "FirstName", "LastName", "RecordStatus", "BirthDay", "BirthMonth", "BirthYear"]
    func birthday(_ day: String, _ month: String, _ year: String) throws -> String? {
      try mapped(headings, ["7", "Ana", "Diaz", "Active", day, month, year]).draft?.dateOfBirth
    }
    #expect(try birthday("15", "5", "1990") == "1990-05-15")
    #expect(try birthday("3", "4", "") == "--04-03")
    #expect(try birthday("", "", "") == nil)
    #expect(
      try mapped(headings, ["7", "Ana", "Diaz", "Active", "31", "2", ""]).problems == [
        "dateOfBirth: “--2-31” is no day of the calendar"
      ])
  }
}
