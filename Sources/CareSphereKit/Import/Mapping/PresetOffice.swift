extension PresetColumns {
  /// Outlook, the program and outlook.com.
  static let outlook = PresetColumns(
    [
      (.field(.firstName), ["First Name"]),
      (.middleName, ["Middle Name"]),
      (.field(.lastName), ["Last Name"]),
      (.otherFirstName, ["Nickname"]),
      (.email(1), ["E-mail Address"]), (.email(2), ["E-mail 2 Address"]), (.email(3), ["E-mail 3 Address"]),
      (.phone(.mobile), ["Mobile Phone"]),
      (.phone(.home), ["Home Phone", "Home Phone 2"]),
      (.phone(.work), ["Business Phone", "Business Phone 2", "Company Main Phone"]),
      (.phone(.other), ["Primary Phone", "Other Phone", "Car Phone", "Radio Phone"]),
      (.field(.dateOfBirth), ["Birthday"]),
      (.field(.gender), ["Gender"]),
      (.field(.tags), ["Categories"]),
      (.field(.notes), ["Notes"]),
    ] + address("Home", .home) + address("Business", .work) + address("Other", .other),
    unused: [
      "Title", "Suffix", "Company", "Department", "Job Title", "Assistant's Phone", "Business Fax",
      "Callback",
      "Home Fax", "ISDN", "Other Fax", "Pager", "TTY/TDD Phone", "Telex", "Account", "Anniversary",
      "Assistant's Name", "Billing Information", "Children", "Directory Server", "E-mail Type",
      "E-mail Display Name", "E-mail 2 Type", "E-mail 2 Display Name", "E-mail 3 Type",
      "E-mail 3 Display Name",
      "Government ID Number", "Hobby", "Initials", "Internet Free Busy", "Keywords", "Language", "Location",
      "Manager's Name", "Mileage", "Office Location", "Organizational ID Number", "PO Box", "Priority",
      "Private", "Profession", "Referred By", "Sensitivity", "Spouse", "User 1", "User 2", "User 3", "User 4",
      "Web Page", "Personal Web Page", "Schools", "Given Yomi", "Surname Yomi", "Company Yomi", "IMAddress",
      "Home Address PO Box", "Business Address PO Box", "Other Address PO Box",
    ])

  private static func address(_ place: String, _ kind: AddressKind) -> [(ColumnRole, [String])] {
    [
      (.address(kind, .street), ["\(place) Street"]), (.address(kind, .street2), ["\(place) Street 2"]),
      (.address(kind, .street3), ["\(place) Street 3"]), (.address(kind, .city), ["\(place) City"]),
      (.address(kind, .state), ["\(place) State"]),
      (.address(kind, .zipCode), ["\(place) Postal Code"]),
      (.address(kind, .country), ["\(place) Country/Region", "\(place) Country"]),
    ]
  }
}

extension PresetColumns {
  /// Mailchimp's audience exports: `subscribed_…`, `unsubscribed_…` and `cleaned_…`.
  static let mailchimp = PresetColumns(
    [
      (.field(.email), ["Email Address"]),
      (.field(.firstName), ["First Name"]), (.field(.lastName), ["Last Name"]),
      (.phone(.main), ["Phone Number", "Phone"]), (.phone(.mobile), ["SMS Phone Number"]),
      (.mailchimpAddress, ["Address"]),
      (.field(.dateOfBirth), ["Birthday"]),
      (.field(.notes), ["NOTES"]),
      (.mailchimpTags, ["TAGS"]),
      (.subscribed, ["OPTIN_TIME", "CONFIRM_TIME"]),
      (.unsubscribed, ["UNSUB_TIME", "CLEAN_TIME"]),
      (.unsubscribeReason, ["UNSUB_REASON", "UNSUB_REASON_OTHER"]),
    ],
    unused: [
      "MEMBER_RATING", "OPTIN_IP", "CONFIRM_IP", "LATITUDE", "LONGITUDE", "GMTOFF", "DSTOFF", "TIMEZONE",
      "CC",
      "REGION", "LAST_CHANGED", "LEID", "EUID", "UNSUB_CAMPAIGN_TITLE", "UNSUB_CAMPAIGN_ID",
      "CLEAN_CAMPAIGN_TITLE", "CLEAN_CAMPAIGN_ID",
    ])

  /// Brevo's contact exports, with the attribute names of its English and French accounts.
  static let brevo = PresetColumns(
    [
      (.field(.externalId), ["EXT_ID"]),
      (.field(.email), ["EMAIL"]),
      (.field(.firstName), ["FIRSTNAME", "PRENOM"]), (.field(.lastName), ["LASTNAME", "NOM"]),
      (.phone(.mobile), ["SMS"]), (.phone(.main), ["WHATSAPP"]), (.phone(.home), ["LANDLINE_NUMBER"]),
      (.optOut(.email), ["EMAIL_BLACKLISTED"]), (.optOut(.sms), ["SMS_BLACKLISTED"]),
    ],
    unused: [
      "CONTACT ID", "ADDED_TIME", "MODIFIED_TIME", "WHATSAPP_BLACKLISTED", "OPT_IN", "DOUBLE_OPT-IN",
      "INTERESTED_IN",
    ])
}
