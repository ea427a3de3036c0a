extension ImportSource {
  /// All sources, in the order of the manual.
  public static let all: [ImportSource] = [
    mailchimp, brevo, planningCenter, breeze, rock, google, outlook, vCard, caresphere,
  ]

  /// For sources that number people, which nobody here has yet.
  /// - Parameters:
  ///   - number: the heading of the number.
  ///   - field: what it is called as a field of one's own.
  private static func firstTime(_ number: String, _ field: String) -> String {
    """
    The \(number) becomes the externalId, by which a later export finds the same people. Who is here already does not have \
    it yet: the second block alone would make them twice. Where there is anybody, begin with the first, which finds people \
    by address and names:

      caresphere member import people.csv --map '\(number)=custom.\(field)' --on-conflict update
      caresphere member export --where 'custom.\(field) is not empty' -o numbers.csv \\
        --fields id,firstName,lastName,email,custom.\(field)
      caresphere member import numbers.csv --map custom.\(field)=externalId --on-conflict update

      caresphere member import people.csv --dry-run -f table
      caresphere member import people.csv --on-conflict update

    Where dates of the file could be read in two ways, as 4/5/2012, add --date-order mdy or dmy wherever it is imported.

    The first line goes by e-mail, else phone, else birthday, and keeps the number as a field of your own; the others make \
    it the externalId. --match email --on-conflict update does it at once, but goes by the address alone: who comes with \
    a member's address becomes that member, names and all, so take it only where no two people share one.
    """
  }

  private static let mailchimp = ImportSource(
    name: "mailchimp", title: "Mailchimp", preset: .mailchimp,
    export: """
      Audience, All contacts, Export Audience; after some minutes, Export as CSV. You get a ZIP with a file for each kind \
      of contact: subscribed_…, unsubscribed_…, cleaned_… (addresses that bounced) and, with a shop, nonsubscribed_…. \
      Every audience has an export of its own.
      """,
    reading: """
      All of the files, the subscribed people first; whoever is in several, by the same address and names, is one person:

        unzip audience_export.zip
        caresphere member import subscribed_*.csv --date-order mdy --tag newsletter --dry-run -f table
        caresphere member import subscribed_*.csv --date-order mdy --tag newsletter
        caresphere member import unsubscribed_*.csv --date-order mdy
        caresphere member import cleaned_*.csv --date-order mdy

      Do not leave the last two out: they are what keeps you from writing to people who do not want it. --date-order \
      is that of the birthdays: an audience has them as MM/DD or as DD/MM. Members who are here already with other values \
      are skipped, but for their opt-outs, unless you say --on-conflict update. A second audience is imported in the same \
      way, with another --tag or --group.
      """,
    remarks: """
      Whoever has a time in OPTIN_TIME or CONFIRM_TIME is opted in to e-mail, unless UNSUB_TIME or CLEAN_TIME is filled: \
      then they are opted out, with the reason that they gave. A birthday is a month and a day there, and has no year here. \
      Groups (interests) are columns of your own: keep them with --map 'HEADING=tags', or --unmapped custom. \
      Campaigns, opens and clicks are not in this export.
      """)

  private static let brevo = ImportSource(
    name: "brevo", title: "Brevo, which was Sendinblue", preset: .brevo,
    export: """
      CRM (in older accounts Contacts), Contacts; with no list, segment or filter loaded, choose all contacts, then Export. \
      Take all attributes, and the subscription status. A link to the CSV comes by mail.
      """,
    reading: """
      The file has semicolons, which are recognised:

        caresphere member import contacts.csv --dry-run -f table
        caresphere member import contacts.csv --tag newsletter

      To keep a list as a group here, export that list alone and add --group NAME. Where EXT_ID is in use there, who is here \
      already would be there twice, for nobody here has it: say --map EXT_ID=custom.brevoId, every time.
      """,
    remarks: """
      Attributes of your own are ignored; --unmapped custom keeps them. Numbers come without a + and stay so: set \
      organization.defaultCountry, or mend them, before you send texts.
      """)

  private static let planningCenter = ImportSource(
    name: "planning-center", title: "Planning Center People", preset: .planningCenter,
    export: """
      People, Lists: open a list (one without conditions has everybody), choose the actions of its results and export them \
      as CSV; or export everybody from the gear of the People tab. You need the role of a manager or an editor. Include the \
      Person ID.
      """,
    reading: """
      \(Self.firstTime("Person ID", "personId"))

      You can go on importing for as long as you use both. A list becomes a group:

        caresphere member import choir-list.csv --group Choir --on-conflict update
      """,
    remarks: """
      First Name is the name that a person goes by. Birth years of 1885, which stand for none there, are left out. \
      Dates such as 5/15/1990 are read; where day and month could be either, the row is bad until you say --date-order mdy \
      or dmy. Tabs and fields of your own are ignored; --unmapped custom keeps them. Households, notes, workflows, giving \
      and attendance are not in this export.
      """)

  private static let breeze = ImportSource(
    name: "breeze", title: "Breeze", preset: .breeze,
    export: """
      People: with nobody filtered, or a filter of your own, choose Export (under More in some accounts) and all the fields. \
      What comes is for Excel: open it and save it as CSV UTF-8. Keep the Breeze ID.
      """,
    reading: """
      \(Self.firstTime("Breeze ID", "breezeId"))

      --unmapped custom keeps fields of your own. A tag of Breeze is a list of its own to export: import it with --tag \
      NAME, or --group NAME, and --on-conflict update.
      """,
    remarks: """
      Status there says what kind of member somebody is: it becomes the membershipType, and everybody who is new is active \
      unless you say --status. Family and family role are ignored. Where Join Date is your own field for joining, take it \
      with --map 'Join Date=joinDate'. Added Date, when the record was made, is no date of joining.
      """)

  private static let rock = ImportSource(
    name: "rock", title: "Rock RMS", preset: .rock,
    export: """
      Make a report (Tools, Reports) on a data view of people, with the fields Id, FirstName, NickName, LastName, Email, \
      Gender, BirthDate, RecordStatus, ConnectionStatus, EmailPreference, phones and the address in parts, under these \
      names; then export the grid from its footer to Excel, and save that as CSV UTF-8. An SQL command in a dynamic data \
      block does the same.
      """,
    reading: """
      \(Self.firstTime("Id", "rockId"))

      Headings with spaces, such as Record Status, are the same as those without. If the file is not recognised, because it \
      has none of RecordStatus, ConnectionStatus and EmailPreference, say --preset rock.
      """,
    remarks: """
      EmailPreference is kept: it is what keeps you from writing to people who do not want it. Attributes are ignored; \
      --unmapped custom keeps them.
      """)

  private static let google = ImportSource(
    name: "google", title: "Google Contacts", preset: .google,
    export: """
      In contacts.google.com choose a label, or nothing for everybody; Export, in the list's menu; Google CSV. The vCard that \
      it also offers works, too: see caresphere-import-vcard(7). Not Outlook CSV, which lacks the labels.
      """,
    reading: """
      Labels become tags, and one of them can be a group as well:

        caresphere member import contacts.csv --dry-run -f table
        caresphere member import choir.csv --group Choir

      An address book has people in it who are no members: mend the file first, or import the labels that you want, one \
      export each. An import that went wrong is taken back by member undo-import.
      """,
    fields: [
      (
        "E-mail 1 - Value, E-mail 2 - Value, …",
        "email: the first that is filled; of several in a cell, between :::, the first."
      ),
      (
        "Phone 1 - Value, Phone 2 - Value, …",
        "phone: the one that its Label (in older files Type) calls mobile, else home, work, any other, fax."
      ),
      (
        "Address 1 - Street, Extended Address, PO Box, City, Region, Postal Code, Country",
        "address, city, state, zipCode, country, of the first address that is filled; Address 1 - Formatted where it has no parts."
      ),
    ],
    remarks: """
      Both the columns of today (First Name, Labels) and the older ones (Given Name, Group Membership) are known. A contact \
      without a name and without an e-mail address, such as a mere phone number, is a bad row: --skip-invalid leaves it out.
      """)

  private static let outlook = ImportSource(
    name: "outlook", title: "Outlook", preset: .outlook,
    export: """
      In Outlook for Windows: File, Open & Export, Import/Export, Export to a file, Comma Separated Values, the folder \
      Contacts. In outlook.com and the new Outlook: People, Manage contacts, Export contacts.
      """,
    reading: """
      Outlook for Windows writes Windows-1252, which is recognised; the report says which encoding was read:

        caresphere member import contacts.csv --dry-run -f table
        caresphere member import contacts.csv --tag from-outlook

      Headings are those of an English Outlook. In another language say which are which: --map 'Vorname=firstName' \
      --map 'Nachname=lastName', with --unmapped ignore.
      """,
    remarks: """
      Categories become tags. Dates such as 5/15/1990 are read; where day and month could be either, the row is bad until you \
      say --date-order. 0/0/00 is no date. What Outlook writes for colleagues in place of an address (/o=…) is passed over.
      """)

  private static let vCard = ImportSource(
    name: "vcard", title: "Phones and address books, by vCard", preset: nil,
    export: """
      iPhone and iCloud: in icloud.com, Contacts, select them all, Export vCard; macOS: Contacts, File, Export, Export vCard. \
      Android: Contacts, Manage contacts (or Fix and manage), Export to file. Thunderbird: Address Book, Export, vCard. \
      Nextcloud: Contacts, the settings of the address book, Download.
      """,
    reading: """
      One file with many cards, versions 2.1, 3.0 and 4.0, in any encoding that they name:

        caresphere member import contacts.vcf --dry-run -f table
        caresphere member import contacts.vcf --tag phone

      A card's UID becomes the externalId. Who is here already does not have it, and would be there twice: keep it as a field \
      of your own, every time, and people are found by address and names:

        caresphere member import contacts.vcf --map externalId=custom.uid --on-conflict update

      Cards that are no people (KIND of a group, an organisation, a place) are passed over; the report counts them as \
      skippedEntries. member export -f vcard writes cards that come back whole.
      """,
    fields: [
      ("N, FN, NICKNAME", "firstName and lastName; FN is cut at its last space where N says nothing."),
      ("EMAIL", "email: the preferred one, else the first."),
      (
        "TEL",
        "phone: mobile, else home, work, any other, fax and pager; among equals the preferred, then the first."
      ),
      ("ADR", "address, city, state, zipCode, country: the preferred, else the one at home."),
      ("BDAY", "dateOfBirth, with or without its year; 1604 stands for none."),
      ("GENDER, X-GENDER", "gender."),
      ("CATEGORIES", "tags."),
      ("NOTE", "notes."),
      ("PHOTO", "photoUrl, where it is a link; pictures inside the file are not taken."),
      ("UID", "externalId, by which the same card is found again."),
    ],
    remarks: """
      Everything else (organisations, titles, web pages, anniversaries) is ignored, and listed as ignoredColumns.
      """)

  private static let caresphere = ImportSource(
    name: "caresphere", title: "caresphere itself, and the CareSphere API", preset: nil,
    export: """
      From another database of this program, member export, in CSV, JSON, JSON Lines or vCard. From a CareSphere server, \
      the answers to GET /members, a file for each page, or all of them one after the other in one.
      """,
    reading: """
      Headings and keys are recognised by their names:

        caresphere member export -f jsonl -o people.jsonl
        caresphere --db other.db member import people.jsonl

        caresphere member import page1.json
        caresphere member import page2.json

      An export into a new database and out again is the same, byte by byte: new people keep their id, createdAt and \
      updatedAt, if they are free.
      """,
    fields: [
      (
        "id, externalId, firstName, lastName, email, phone, dateOfBirth, gender, address, city, state, zipCode, country, memberStatus, membershipType, joinDate, photoUrl, notes, createdAt, updatedAt",
        "The field of that name. Usual other names are known: Surname, Mobile, DOB, Postcode, Member since."
      ),
      (
        "tags, groups",
        "Joined with ; in a cell, lists in JSON. Groups by name or id; those that are missing are made."
      ),
      (
        "optOuts, consents",
        "The channels that a person opted out of; in JSON also the state of each, with its reason."
      ),
      ("emailOptOut, smsOptOut, pushOptOut", "true, yes, 1 or x."),
      ("customFields, custom.NAME", "A JSON object in one cell, or a column for each field of your own."),
    ],
    remarks: """
      JSON may be the API's envelope, with the people in data.members, a bare list of them, one bare object, or JSON Lines. \
      Numbers stand for identifiers where a text is expected; a phone number or a postcode has to be a text.
      """)
}
