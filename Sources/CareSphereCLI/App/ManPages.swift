import CareSphereKit
import CommandLineKit

/// The man pages: `caresphere.1`, one for each noun, and those of what nouns have in common.
enum ManPages {
  /// The names of the files in `man/`, and what is in them.
  static func files() -> [(name: String, text: String)] {
    ManPage(
      root: CommandTree.root, globalOptions: GlobalOptions.all, date: date,
      source: "caresphere \(App.version)", sections: [exitStatus, usedFiles],
      topics: [filter, configuration, importing] + sources
    ).files()
  }

  private static let filter = ManPage.Topic(
    "filter", "The language in which people are chosen",
    sections: FilterManual.sections.map { ManPage.Section($0.title, .text($0.text)) })

  private static let configuration = ManPage.Topic(
    "config", number: 5, "The configuration: who you are, and how messages leave",
    sections: ConfigurationManual.sections.flatMap(sections))

  private static let importing = ManPage.Topic(
    "import", "What an import does, and where people come from",
    sections: ImportManual.sections.flatMap(sections))

  private static let sources = ImportSource.all.map { source in
    ManPage.Topic(
      "import-\(source.name)", "Import people from \(source.title)", parent: "import",
      sections: source.sections.flatMap(sections))
  }

  /// A section of a manual as the page has it.
  private static func sections(_ section: ManualSection) -> [ManPage.Section] {
    let text = section.text.isEmpty ? [] : [ManPage.Section(section.title, .text(section.text))]
    // Below the text, the terms need no heading of their own.
    let heading = section.text.isEmpty ? section.title : ""
    let terms = section.terms.isEmpty ? [] : [ManPage.Section(heading, .terms(section.terms))]
    return text + terms
  }

  /// Of the version, so that rendering the same declarations gives the same bytes on any day.
  private static let date = "2025-11-13"

  private static let exitStatus = ManPage.Section(
    "EXIT STATUS",
    .terms([
      ("0", "Done. An empty list is a success, and so is a reader that closed the pipe."),
      ("1", "A defect in the program (INTERNAL_ERROR)."),
      ("2", "The command line is wrong (USAGE_ERROR)."),
      ("3", "A value is wrong; every problem is listed, and nothing was written (VALIDATION_ERROR)."),
      (
        "4",
        "Not logged in, or the login has expired (UNAUTHORIZED); wrong credentials (AUTHENTICATION_ERROR)."
      ),
      ("5", "The role does not allow it (FORBIDDEN)."),
      ("6", "Nothing there of that name (NOT_FOUND)."),
      ("7", "It exists already, the reference fits several, or its state does not allow it (CONFLICT)."),
      ("8", "Another process held the lock for longer than --lock-timeout (DATABASE_BUSY)."),
      (
        "9",
        "No database, not one of caresphere's, of a newer version, damaged, read-only, or the disk is full (DATABASE_ERROR)."
      ),
      ("10", "A file cannot be read or written (IO_ERROR)."),
      ("11", "Some rows or recipients failed, the rest is done (PARTIAL_FAILURE)."),
      ("12", "Too many attempts to log in; the message says when to try again (RATE_LIMIT_EXCEEDED)."),
      ("13", "A mail server, a gateway or an optional library could not be reached (SERVICE_UNAVAILABLE)."),
      (
        "130, 143",
        "Interrupted by SIGINT or SIGTERM: a change was taken back; a delivery goes on with the next run."
      ),
    ]))

  private static let usedFiles = ManPage.Section(
    "FILES",
    .terms([
      (
        "$XDG_DATA_HOME/caresphere/caresphere.db",
        "The database, ~/.local/share/caresphere/caresphere.db where XDG_DATA_HOME is not set. Beside it: -wal, the newest changes, which belong to it; -shm, an index of those; .lock, the queue of writers."
      ),
      (
        "$XDG_STATE_HOME/caresphere/session-*.json",
        "Who is logged in to which database, in ~/.local/state where XDG_STATE_HOME is not set. Mode 0600."
      ),
      (
        "$XDG_CONFIG_HOME/caresphere/config.json, /etc/caresphere/config.json",
        "The configuration, JSON5; the first that is there."
      ),
    ]))
}
