import CareSphereKit
import Testing
import TextFormats

@Suite struct PresetsAddressBookTests {
  @Test func googleOfToday() throws {
    let (mapper, records, ignored) = try mapped(
      file: """
        First Name,Middle Name,Last Name,Phonetic First Name,Nickname,Organization Name,Birthday,Notes,Photo,Labels,\
        E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,\
        Phone 2 - Label,Phone 2 - Value,Phone 3 - Label,Phone 3 - Value,Address 1 - Label,Address 1 - Formatted,\
        Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,\
        Address 1 - Country,Address 1 - Extended Address,Custom Field 1 - Label,Custom Field 1 - Value
        Ana,María,Díaz,,,Acme, --05-15,"two
        lines",https://lh3.googleusercontent.com/a,Youth ::: Choir ::: * myContacts,* Home,Ana@EXAMPLE.org ::: x@y.org,\
        Work,b@c.org,Work,+1 555 100,Home,+1 555 200 ::: +1 555 201,Mobile,+1 555 300,Home,"1 Long St
        Lagos",1 Long St,Lagos,PO 9,LA,00123,Nigeria,Flat 2,Shoe,43
        ,,,,Bob,,1990-05-15,,,* myContacts,,,* Work,bob@work.org,* Work,030 111,Work Fax,030 112,,,,"Only Formatted",\
        ,,,,,,,,
        """)
    #expect(mapper.preset == .google)
    let ana = try #require(records[0].draft)
    #expect(ana.firstName == "Ana María")
    #expect(ana.lastName == "Díaz")
    #expect(ana.dateOfBirth == "--05-15")
    #expect(ana.notes == "two\nlines")
    #expect(ana.photoUrl == "https://lh3.googleusercontent.com/a")
    #expect(ana.tags == ["Choir", "Youth"])
    #expect(ana.email == "Ana@example.org")
    #expect(ana.phone == "+1 555 300")
    #expect(ana.address == "1 Long St, Flat 2, PO 9")
    #expect(ana.city == "Lagos")
    #expect(ana.state == "LA")
    #expect(ana.zipCode == "00123")
    #expect(ana.country == "Nigeria")
    #expect(ana.customFields == nil)
    let bob = try #require(records[1].draft)
    #expect(bob.firstName == "Bob")
    #expect(bob.tags == nil)
    #expect(bob.email == "bob@work.org")
    #expect(bob.phone == "030 111")
    #expect(bob.address == "Only Formatted")
    #expect(ignored.contains("Organization Name") && ignored.contains("Custom Field 1 - Value"))
    #expect(!ignored.contains("Labels") && !ignored.contains("E-mail 2 - Value"))
  }

  @Test func googleOfBefore() throws {
    let (mapper, records, _) = try mapped(
      file: """
        Name,Given Name,Additional Name,Family Name,Birthday,Gender,Notes,Group Membership,E-mail 1 - Type,\
        E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value
        Ana M. Díaz,Ana,M.,Díaz,1990-05-15,Female,,* My Contacts ::: * Friends ::: Choir,* ,ana@example.org,Home,030 1,\
        Mobile,0801 222
        Parish Office,,,,,,,* myContacts,,,Work,030 123,,
        """.replacing("030 1,", with: "030 123,"))
    #expect(mapper.preset == .google)
    let ana = try #require(records[0].draft)
    #expect(ana.firstName == "Ana M.")
    #expect(ana.lastName == "Díaz")
    #expect(ana.gender == .female)
    #expect(ana.tags == ["Choir", "Friends"])
    #expect(ana.phone == "0801 222")
    let office = try #require(records[1].draft)
    #expect(office.firstName == "Parish Office")
    #expect(office.phone == "030 123")
  }

  @Test func outlook() throws {
    let (mapper, records, ignored) = try mapped(
      file: """
        Title,First Name,Middle Name,Last Name,Company,Business Street,Business City,Home Street,Home Street 2,Home City,\
        Home State,Home Postal Code,Home Country/Region,Business Phone,Home Phone,Mobile Phone,Birthday,Categories,\
        E-mail Address,E-mail Type,E-mail 2 Address,Gender,Notes
        Dr,Ana,María,Díaz,Acme,9 Work Rd,Abuja,1 Long St,Flat 2,Lagos,LA,00123,Nigeria,030 100,030 200,0801 300,\
        5/15/1990,Youth;Choir,Ana@EXAMPLE.org,SMTP,,Female,Sings
        ,Bob,,Baker,,9 Work Rd,Abuja,,,,,,,030 100,,,0/0/00,,/o=Exchange/ou=A/cn=bob,EX,bob@b.org,Unspecified,
        """)
    #expect(mapper.preset == .outlook)
    let ana = try #require(records[0].draft)
    #expect(ana.firstName == "Ana María")
    #expect(ana.lastName == "Díaz")
    #expect(ana.address == "1 Long St, Flat 2")
    #expect(ana.city == "Lagos")
    #expect(ana.state == "LA")
    #expect(ana.zipCode == "00123")
    #expect(ana.country == "Nigeria")
    #expect(ana.phone == "0801 300")
    #expect(ana.dateOfBirth == "1990-05-15")
    #expect(ana.tags == ["Choir", "Youth"])
    #expect(ana.email == "Ana@example.org")
    #expect(ana.gender == .female)
    #expect(ana.notes == "Sings")
    let bob = try #require(records[1].draft)
    #expect(bob.address == "9 Work Rd")
    #expect(bob.city == "Abuja")
    #expect(bob.phone == "030 100")
    #expect(bob.dateOfBirth == nil)
    #expect(bob.email == "bob@b.org")
    #expect(bob.gender == nil)
    #expect(ignored == ["Title", "Company", "E-mail Type"])
  }

  @Test func onlyColumnsThatAreThereAreCleared() throws {
    let headings = ["First Name", "E-mail 1 - Value", "Phone 1 - Value", "Address 1 - City", "Labels"]
    let draft = try #require(
      try mapped(headings, ["Ana", "", "", "", ""], .init(preset: .google, blank: .clear)).draft)
    #expect(draft.cleared == [.email, .phone, .city])
  }

  @Test func columnsThatCouldBeAnyonesAreNoPreset() throws {
    let headings = [
      "First Name", "Last Name", "E-mail Address", "Mobile Phone", "Home Phone", "Birthday", "Notes",
    ]
    let map = try HeadingMap(Headings(line: 1, names: headings), options: .init())
    #expect(map.preset == nil)
    #expect(map.ignoredColumns.isEmpty)
    let error = try careError {
      _ = try HeadingMap(Headings(line: 1, names: headings + ["Shoe size"]), options: .init())
    }
    #expect(error.code == .validation)
  }

  @Test func aPresetMayBeToldWhatItDoesNotKnow() throws {
    let headings = ["Breeze ID", "First Name", "Last Name", "Hat size", "Added Date", "Nickname"]
    let row = ["7", "Ana", "Diaz", "XL", "2020-01-01", "Annie"]
    let kept = try mapped(headings, row, .init(unmapped: .custom)).draft
    #expect(kept?.customFields == [.init(name: "Hat size", value: "XL")])
    #expect(kept?.joinDate == nil)
    let error = try careError { _ = try mapped(headings, row, .init(unmapped: .error)) }
    #expect(error.lineMessages == ["“Hat size” is no field"])
    let options = MappingOptions(assignments: [
      try .init("Nickname=firstName"), try .init("added date=joinDate"), try .init("Hat size=custom.hat"),
    ])
    let mapper = try RecordMapper(
      headings: Headings(line: 1, names: headings), options: options, values: fileValues())
    #expect(mapper.ignoredColumns == ["First Name"])
    var ignored = NameList()
    let draft = mapper.draft(from: ImportRecord(line: 2, content: .cells(row)), ignored: &ignored).draft
    #expect(draft?.firstName == "Annie")
    #expect(draft?.joinDate == "2020-01-01")
  }

  @Test func ourOwnPresetByNameIgnoresTheRest() throws {
    let map = try HeadingMap(
      Headings(line: 1, names: ["email", "Shoe size"]), options: .init(preset: .caresphere))
    #expect(map.preset == .caresphere)
    #expect(map.ignoredColumns == ["Shoe size"])
  }
}
