/// The manual of imports: one page of what they have in common. Each source has one of its own, `ImportSource`.
public enum ImportManual {
  /// All sections, in their order.
  public static let sections: [ManualSection] = [
    ManualSection(title: "DESCRIPTION", text: description),
    ManualSection(title: "SOURCES", text: sourcesText, terms: sources),
    ManualSection(title: "COLUMNS", text: columns), ManualSection(title: "WHO IT IS", text: matching),
    ManualSection(title: "WHAT HAPPENS THEN", text: "", terms: outcomes),
    ManualSection(title: "BAD ROWS", text: badRows), ManualSection(title: "VALUES", text: values),
    ManualSection(title: "CONSENT", text: consent), ManualSection(title: "THE REPORT", text: report),
    ManualSection(title: "TAKING IT BACK", text: undo), ManualSection(title: "EXAMPLES", text: examples),
  ]

  private static let description = """
    member import reads people from a file: CSV, TSV, JSON, JSON Lines or vCard. It is one transaction. Either all rows go \
    in, or none and you are told every row that is bad. It never guesses who somebody is or what a value means, and reading \
    the same file twice changes nothing.

    Look before: --dry-run does all the work, prints the report and takes it back.
    """

  private static let sourcesText = """
    Files of these are recognised by their headings, or named with --preset; each has a page that says how to get the file \
    and what becomes of what is in it:
    """

  private static let sources = ImportSource.all.map { source in
    (term: "caresphere-import-\(source.name)(7)", text: source.title + ".")
  }

  private static let columns = """
    The first row has the headings. They are found without regard to case, spaces, _ and -: First Name, first_name and \
    firstName are the same. Comma, semicolon and tab are recognised, and so are quoted line ends, a byte-order mark, UTF-16 \
    and Windows-1252. Text that is none of these is an error with its line; --encoding says which it is.

    A heading that is not known is an error that names the nearest field. Say what it is with --map 'Handy=phone' or --map \
    'Team=custom.team'; leave all such columns out with --unmapped ignore, or keep them as fields of your own with \
    --unmapped custom. With a preset they are left out, and listed.

    An empty cell leaves what is there; with --blank clear it empties the field.
    """

  private static let matching = """
    A row is about the member who has the first of these that the row has: id, external id, e-mail address, phone number, \
    date of birth; where the row has names, they have to be the same as well, for families share addresses. A row with \
    none of these finds a member who has none either and the same names. A row without names goes by its e-mail address.

    --match external-id, email, phone or name+birthday goes by that alone; --match none makes everybody new. Where several \
    members could be meant, the row is bad, and says who they are: a column id tells them apart. The same person twice in a \
    file is one person.

    A row with an external id goes by that number alone. Who is here without one is here a second time then, opted out as \
    before, and a warning says whom that befalls. Take the import back, and give the people their numbers first; from then \
    on these find everybody:

      caresphere member import list.csv --map NUMBER=custom.number --on-conflict update
      caresphere member export --where 'custom.number is not empty' -o numbers.csv \\
        --fields id,firstName,lastName,email,custom.number
      caresphere member import numbers.csv --map custom.number=externalId --on-conflict update

    Mind families with --match email: the names do not count then. Where several members have the address, the row is bad; \
    where one has it, the row is about them, and --on-conflict update gives them its names. Rows of one file with the same \
    address and different external ids are different people, so that the second of them is bad.
    """

  private static let outcomes: [(term: String, text: String)] = [
    ("created", "Nobody was found: a new member. They need a first name, a last name or an e-mail address."),
    ("unchanged", "The member has these values already."),
    (
      "skipped",
      "The member has other values, and keeps them; skippedRows in the report names the line, the member and the fields. --on-conflict update takes those of the file; --on-conflict error refuses the row."
    ),
    ("updated", "The member has other values, which were replaced."),
    ("rejected", "The row is bad, and was left out with --skip-invalid."),
    (
      "Whatever the policy",
      "Opt-outs apply. Tags and groups, those of the file and of --tag and --group, are added to who is created or updated and never taken away; groups that are missing are made. Rules do not act on what is imported unless you say --trigger-rules."
    ),
  ]

  private static let badRows = """
    Every bad row is listed with its line, its field and the reason, nothing is written, and the exit status is 3. With \
    --skip-invalid the good rows go in and the status is 11; --rejects FILE gets the others, with their columns as they \
    were and two more, line and reason. A FILE that is there already stops the import before it begins, whether any row is \
    bad or not: what comes every night says --force, or gives each FILE a date. Mend that file and import it: the two columns are known and ignored. --max-errors N \
    gives up when more than N rows are bad, because then it is the file.
    """

  private static let values = """
    Dates are read in the usual ways of writing them. Where day and month could be either, as in 3/4/2020, the row is bad \
    until --date-order mdy or dmy says which; years of two digits are bad. A birthday may lack its year: --05-15. Birth \
    years of 1604 and 1885, which stand for none in other programs, are left out.

    Phone numbers, postcodes and ids are text: no zero is lost. An e-mail address must be one. Gender, status and yes or no \
    are read in their usual spellings. Tags are parted by ; or , and groups by ;. NUL is refused; every other character is \
    kept as it is, and shown so that it does no harm in a terminal. A ' before = + - or @, which keeps a spreadsheet from \
    running a cell, is taken off.
    """

  private static let consent = """
    Opt-outs only tighten. Who opted out here stays so, whatever a file says, unless you say --resubscribe; who opted out in \
    the file is opted out here, even where the row is skipped. Consents are each person's own, and families share \
    addresses: where a row opts somebody out whose address others have too, the report's warnings name those who are still \
    written to. An address that bounced for good or complained stays \
    suppressed.
    """

  private static let report = """
    It is printed where the import was done, on exit status 0 and 11, and has batchId, rows, created, updated, unchanged, \
    skipped, rejected, errors, skippedRows (the first 100; a table has 10), warnings, groupsCreated, groupsIgnored (dynamic ones, in which nobody can be put), ignoredColumns, \
    preset, format, encoding and skippedEntries (vCards that are no people). -q leaves it out where nothing was rejected.
    """

  private static let undo = """
    member undo-import BATCH deletes whom the import created and puts back what it changed. Who was changed since, or has \
    got notes, activities or other groups, is left alone and listed. The batchId is in the report, and in audit --entity \
    import.
    """

  private static let examples = """
    Every night, from a file that another system leaves, the rows that are wrong put aside; --force because those of the \
    night before may still lie there:

      caresphere member import people.csv -q --no-input --token-file import.token \\
        --on-conflict update --skip-invalid --rejects rejects.csv --force

    A form's answers, where one column has a name of its own:

      caresphere member import answers.csv --map 'Your number=phone' --unmapped ignore --tag picnic

    From another program, through a pipe:

      zcat dump.jsonl.gz | caresphere member import - --input-format jsonl
    """
}
