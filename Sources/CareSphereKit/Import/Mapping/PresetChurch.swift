extension PresetColumns {
  /// Planning Center People. `First Name` is the name a person goes by, `Given Name` the one in the
  /// passport, which stands in only where the other is missing.
  static let planningCenter = PresetColumns(
    [
      (.field(.externalId), ["Person ID"]),
      (.field(.firstName), ["First Name"]), (.otherFirstName, ["Given Name", "Nickname"]),
      (.field(.lastName), ["Last Name"]),
      (.field(.dateOfBirth), ["Birthdate"]),
      (.field(.gender), ["Gender"]),
      (.field(.memberStatus), ["Status"]),
      (.field(.membershipType), ["Membership"]),
      (.phone(.mobile), ["Mobile Phone Number"]), (.phone(.home), ["Home Phone Number"]),
      (.phone(.work), ["Work Phone Number"]),
      (.phone(.other), ["Primary Phone Number", "Other Phone Number"]),
      (.email(1), ["Primary Email"]), (.email(2), ["Home Email"]), (.email(3), ["Work Email"]),
      (.email(4), ["Other Email"]),
    ] + planningCenterAddress("Home", .home) + planningCenterAddress("Work", .work)
      + planningCenterAddress("Other", .other),
    unused: [
      "Middle Name", "Name Prefix", "Name Suffix", "Anniversary", "Created At", "Updated At", "Child",
      "Grade", "Graduation Year", "School", "Medical Notes", "Marital Status", "Inactive Reason",
      "Inactive Date",
      "Household ID", "Household Name", "Primary Campus", "Avatar", "Remote ID", "Pager Phone Number",
      "Fax Phone Number",
    ])

  private static func planningCenterAddress(
    _ place: String, _ kind: AddressKind
  ) -> [(ColumnRole, [String])] {
    [
      (.address(kind, .street), ["\(place) Address Street Line 1"]),
      (.address(kind, .street2), ["\(place) Address Street Line 2"]),
      (.address(kind, .city), ["\(place) Address City"]),
      (.address(kind, .state), ["\(place) Address State"]),
      (.address(kind, .zipCode), ["\(place) Address Zip Code"]),
      (.address(kind, .country), ["\(place) Address Country", "\(place) Address Country Code"]),
    ]
  }

  /// Breeze. Its `Status` is what we call the membership type.
  static let breeze = PresetColumns(
    [
      (.field(.externalId), ["Breeze ID"]),
      (.field(.firstName), ["First Name"]), (.otherFirstName, ["Nickname"]),
      (.field(.lastName), ["Last Name"]),
      (.field(.gender), ["Gender"]),
      (.field(.membershipType), ["Status"]),
      (.field(.dateOfBirth), ["Birthdate"]),
      (.phone(.mobile), ["Mobile"]), (.phone(.home), ["Home"]), (.phone(.work), ["Work"]),
      (.field(.email), ["Email"]),
      (.field(.address), ["Street Address"]), (.field(.city), ["City"]), (.field(.state), ["State"]),
      (.field(.zipCode), ["Zip"]), (.field(.country), ["Country"]),
      (.field(.tags), ["Tags"]),
    ],
    unused: [
      "Middle Name", "Maiden Name", "Age", "Added Date", "Family", "Family Role", "Marital Status", "School",
      "Grade",
      "Employer", "Campus", "Join Date",
    ])

  /// Rock RMS. `NickName` stands in where there is no `FirstName`.
  static let rock = PresetColumns(
    [
      (.field(.externalId), ["Id", "Person Id"]),
      (.field(.firstName), ["FirstName"]), (.otherFirstName, ["NickName"]),
      (.field(.lastName), ["LastName"]),
      (.field(.email), ["Email"]),
      (.field(.gender), ["Gender"]),
      (.field(.dateOfBirth), ["Birthdate"]),
      (.birth(.day), ["BirthDay"]), (.birth(.month), ["BirthMonth"]), (.birth(.year), ["BirthYear"]),
      (.field(.memberStatus), ["RecordStatus"]),
      (.field(.membershipType), ["ConnectionStatus"]),
      (.rockEmailPreference, ["EmailPreference"]),
      (.phone(.mobile), ["MobilePhone", "Mobile"]), (.phone(.home), ["HomePhone"]),
      (.phone(.work), ["WorkPhone"]),
      (.address(.home, .street), ["Street1", "HomeStreet1"]),
      (.address(.home, .street2), ["Street2", "HomeStreet2"]),
      (.address(.home, .city), ["City", "HomeCity"]), (.address(.home, .state), ["State", "HomeState"]),
      (.address(.home, .zipCode), ["PostalCode", "HomePostalCode"]),
      (.address(.home, .country), ["Country", "HomeCountry"]),
      (.field(.photoUrl), ["PhotoUrl"]),
    ],
    unused: [
      "Guid", "MiddleName", "Title", "Suffix", "Age", "AnniversaryDate", "MaritalStatus", "GraduationYear",
      "GivingId",
      "PhotoId", "RecordType", "RecordStatusReason", "ReviewReason", "IsDeceased", "IsEmailActive",
      "EmailNote", "InactiveReasonNote", "SystemNote", "CommunicationPreference", "CreatedDateTime",
      "ModifiedDateTime", "PrimaryCampus", "PrimaryFamily", "ViewedCount",
    ])
}
