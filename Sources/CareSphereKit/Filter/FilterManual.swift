/// The manual of the filter language. Paragraphs are separated by empty lines; a line that begins with
/// two spaces stays as it is.
public enum FilterManual {
  /// Titles and texts, in their order.
  public static let sections: [(title: String, text: String)] = [
    ("DESCRIPTION", description), ("CONDITIONS", conditions), ("FIELDS", fields), ("VALUES", values),
    ("EXAMPLES", examples.map { "  \($0)" }.joined(separator: "\n")),
  ]

  /// Expressions to show; each is a right one.
  public static let examples = [
    #"status = active and age >= 18 and (tag = volunteer or group = "Youth")"#,
    #"joinDate >= -30d and city in (Lagos, "New York") and not email is empty"#,
    #"custom.baptismDate < 2020-01-01 and lastName startsWith "O'""#,
    #"dateOfBirth contains "-05-" and not optOut = email"#,
    "createdAt <= 2025-01-01 or age is empty",
    #"group is empty and custom."favourite hymn" is not empty"#,
  ]

  private static let description = """
    A filter says which people are meant. The same language serves every list, export and bulk update, the \
    members of dynamic groups, the recipients of messages and the conditions of rules.

    A filter is one or more conditions, joined by and, or, not and parentheses. Without parentheses not binds \
    closest, then and, then or. Words of the language and names of fields are found without regard to case.
    """

  private static let conditions = """
    A condition is a field, an operator and a value:

      FIELD = VALUE     FIELD != VALUE    FIELD < VALUE
      FIELD <= VALUE    FIELD > VALUE     FIELD >= VALUE
      FIELD contains VALUE                FIELD startsWith VALUE
      FIELD in (VALUE, VALUE)             FIELD is empty

    not may also stand inside: is not empty, not in, not contains, not startsWith.

    != and not are the exact complement of what they deny: a person who has no value does not have that value \
    either, so city != Lagos takes those without a city, and not (age >= 18) those whose age is unknown.

    A mistake is told with its column, with the place marked and with the field, operator or value that was \
    probably meant.
    """

  private static let fields = """
    Every field of a member, by the name it has in JSON: firstName, lastName, email, phone, dateOfBirth, gender, \
    address, city, state, zipCode, country, memberStatus (or status), membershipType, joinDate, photoUrl, notes, \
    externalId, id, createdAt, updatedAt. Fields of your own are custom.NAME, with the exact name; a name \
    with other than letters, digits and _ . - : + @ / * is put in quotes: custom."favourite hymn".

    Text is compared without regard to case, in every script. contains and startsWith know no wildcards.

    phone is compared without what stands between the digits: spaces, dashes, dots, slashes, parentheses, plus.

    age is in whole years; it is unknown where the date of birth is missing or lacks its year. Who was born on \
    29 February is a year older on 1 March of a year without that day.

    dateOfBirth = --05-15 finds who is stored without a year; dateOfBirth contains "-05-15" finds everybody \
    with that birthday. Before and after look at full dates only.

    tag holds for each of a person's tags: tag in (choir, media) takes people with one of them or both, and tag \
    startsWith vol those with any such tag.

    group takes the name or id of a group, static or dynamic. group is empty takes people who are assigned to \
    no static group. Groups that refer to each other in a circle are refused.

    optOut is email, sms or push.

    custom.NAME compares numbers with numbers, and everything else as text, in which dates written as \
    2025-11-13 have their order. Where the value is a list, one matching element is enough.
    """

  private static let values = """
    A value of letters, digits and _ . - : + @ / * stands as it is; any other is put in ' or ". Inside of quotes \
    \\ goes before a quote or another \\, and \\n, \\t and \\r are a line end, a tab and a carriage return.

    A time is YYYY-MM-DD, 'YYYY-MM-DD HH:MM' (both in the organization's zone), 2025-11-13T10:30:00Z, or relative \
    to now: -30d, +2h, with the units s m h d w mo y. Days, weeks, months and years are steps of the \
    calendar. For joinDate and dateOfBirth a time is cut to its day. For createdAt and updatedAt a bare date \
    is the whole day: = takes what happened on it, <= what happened before its end.

    An expression has at most 64 KiB and 40 parentheses inside each other.
    """
}
