import CommandLineKit

/// The flags that every command takes.
package enum GlobalOptions {
  /// In the order of the help.
  package static let all: [OptionSpec] = [
    OptionSpec(
      "db", "PATH", "The database; $XDG_DATA_HOME/caresphere/caresphere.db by default", value: .file,
      environment: "CARESPHERE_DB"),
    OptionSpec(
      "config", "PATH",
      "The configuration; $XDG_CONFIG_HOME/caresphere/config.json, then /etc/caresphere/config.json, by default",
      value: .file, environment: "CARESPHERE_CONFIG"),
    OptionSpec(
      "format", short: "f", "F",
      "How data is written; a table in a terminal, escaped tab-separated lines elsewhere by default",
      value: .choice(OutputFormat.common.map(\.rawValue)), environment: "CARESPHERE_FORMAT"),
    .shorthand("json", for: "format", value: "json", "Short for --format json"),
    OptionSpec("fields", "A,B", "These fields, in this order"),
    .flag("no-headers", "Leave out the header row of table, csv and tsv"),
    OptionSpec("output", short: "o", "FILE", "Write the data there, once it is complete", value: .file),
    .flag("force", "Let --output replace a file"),
    .flag("raw", "Write csv and tsv without guards against formulas"),
    .flag("bom", "Write csv and tsv with a byte-order mark, for Excel"),
    .flag("no-pager", "Never page long tables"),
    .flag("quiet", short: "q", "Say nothing on success but the data asked for"),
    .flag("verbose", short: "v", "Say on stderr what is done"),
    .flag("dry-run", short: "n", "Do all the work, take it back, and print the same report"),
    .flag("yes", short: "y", "Answer yes to questions"),
    .flag(
      "no-input", "Never ask; what would have to be asked is an error", environment: "CARESPHERE_NO_INPUT"),
    OptionSpec(
      "color", "WHEN", "Colour: auto, always or never", value: .choice(ColorChoice.allCases.map(\.rawValue))),
    OptionSpec(
      "token-file", "FILE", "Log in with the token in this file", value: .file,
      environment: "CARESPHERE_TOKEN_FILE"),
    OptionSpec("lock-timeout", "TIME", "How long to wait for another writer; 30s by default"),
    OptionSpec(
      "as-of", "TIME",
      "Take this for now in rules, due messages, filters, ages and analytics; what is recorded has the real time"
    ),
    .help, .version,
  ]
}
