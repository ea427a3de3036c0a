import CareSphereKit
import Testing
import TextFormats

@Suite struct PresetsMailingTests {
  @Test func mailchimpSubscribed() throws {
    let (mapper, records, ignored) = try mapped(
      file: #"""
        "Email Address","First Name","Last Name",Address,"Phone Number",Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,LAST_CHANGED,LEID,NOTES,TAGS
        Ana@EXAMPLE.org,Ana,Díaz,"1 Long St  Flat 2  Lagos  LA  00123  NG","0801 234",05/15,2,"2020-01-01 10:00:00",1.2.3.4,"2021-01-01 10:00:00",123,"Sings","""Youth"",""New Member"""
        bob@b.org,Bob,Baker,"9 Work Rd  Abuja  FC  900001",,,2,,,"2021-01-01 10:00:00",124,,"""Choir"""
        c@c.org,,,Somewhere,,,2,,,,125,,
        """#)
    #expect(mapper.preset == .mailchimp)
    let ana = try #require(records[0].draft)
    #expect(ana.email == "Ana@example.org")
    #expect(ana.firstName == "Ana")
    #expect(ana.lastName == "Díaz")
    #expect(ana.address == "1 Long St, Flat 2")
    #expect(ana.city == "Lagos")
    #expect(ana.state == "LA")
    #expect(ana.zipCode == "00123")
    #expect(ana.country == "NG")
    #expect(ana.phone == "0801 234")
    #expect(ana.dateOfBirth == "--05-15")
    #expect(ana.notes == "Sings")
    #expect(ana.tags == ["New Member", "Youth"])
    #expect(ana.joinDate == nil)
    #expect(ana.optOuts == nil)
    #expect(ana.optIns == [.email])
    let bob = try #require(records[1].draft)
    #expect(bob.address == "9 Work Rd")
    #expect(bob.city == "Abuja")
    #expect(bob.zipCode == "900001")
    #expect(bob.country == nil)
    #expect(bob.tags == ["Choir"])
    #expect(bob.optIns == nil)
    #expect(records[2].draft?.address == "Somewhere")
    #expect(ignored == ["MEMBER_RATING", "OPTIN_IP", "LAST_CHANGED", "LEID"])
  }

  @Test func mailchimpUnsubscribedAndCleaned() throws {
    let (_, unsubscribed, _) = try mapped(
      file: """
        Email Address,First Name,Last Name,OPTIN_TIME,LAST_CHANGED,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON,UNSUB_REASON_OTHER
        ana@example.org,Ana,Diaz,2020-01-01 10:00:00,2021-01-01 10:00:00,2021-01-01 10:00:00,News,Other,too many
        bob@b.org,Bob,Baker,2020-01-01 10:00:00,2021-01-01 10:00:00,2021-01-01 10:00:00,News,,
        """)
    let ana = try #require(unsubscribed[0].draft)
    #expect(ana.optOuts == [.email])
    #expect(ana.optIns == nil)
    #expect(ana.optOutReason == "Other: too many")
    #expect(unsubscribed[1].draft?.optOuts == [.email])
    #expect(unsubscribed[1].draft?.optOutReason == "unsubscribed at Mailchimp")
    let (_, cleaned, _) = try mapped(
      file: """
        Email Address,First Name,Last Name,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE
        ana@example.org,Ana,Diaz,2021-01-01 10:00:00,News
        """)
    #expect(cleaned[0].draft?.optOuts == [.email])
  }

  @Test func brevo() throws {
    let (mapper, records, ignored) = try mapped(
      file: """
        EMAIL;LASTNAME;FIRSTNAME;SMS;EMAIL_BLACKLISTED;SMS_BLACKLISTED;ADDED_TIME;SHOE
        Ana@EXAMPLE.org;Díaz;Ana;2348012345678;true;false;2020-01-01 10:00:00;43
        bob@b.org;Baker;Bob;;0;1;2020-01-01 10:00:00;
        c@c.org;;;;;;;
        """)
    #expect(mapper.preset == .brevo)
    let ana = try #require(records[0].draft)
    #expect(ana.email == "Ana@example.org")
    #expect(ana.firstName == "Ana")
    #expect(ana.lastName == "Díaz")
    #expect(ana.phone == "2348012345678")
    #expect(ana.optOuts == [.email])
    #expect(ana.optIns == [.sms])
    #expect(ana.joinDate == nil)
    #expect(records[1].draft?.optOuts == [.sms])
    #expect(records[1].draft?.optIns == [.email])
    #expect(records[2].draft?.optOuts == nil)
    #expect(ignored == ["ADDED_TIME", "SHOE"])
  }
}
