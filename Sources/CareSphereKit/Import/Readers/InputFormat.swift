/// The kinds of files that import reads: `--input-format`.
public enum InputFormat: String, CaseIterable, Sendable {
  case auto, csv, tsv, json, jsonl, vcard
}

/// How a text is encoded: `--encoding`, and what the report says (there never `auto`).
public enum TextEncoding: String, CaseIterable, Sendable {
  case auto
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case windows1252 = "windows-1252"
}
