extension CompletionScript {
  /// A script for fish 3.1 and later.
  func fish() -> String {
    let lines = entries.flatMap(fishEntry)
    return ([fishHead] + fishGlobals + lines).joined(separator: "\n") + "\n"
  }

  private var name: String { root.name }

  private var fishHead: String {
    let waiting = globalOptions.filter { $0.placeholder != nil }
    let shorts = String(waiting.compactMap(\.short))
    let longs = waiting.map(\.flag).joined(separator: " ")
    return #"""
      # fish completion for \#(name). Made by: \#(name) completion fish

      # Prints the words of the command and its arguments typed so far, without flags.
      function __\#(name)_words
          set -l skip 0
          set -l ended 0
          for token in (commandline -opc)[2..-1]
              if test $skip = 1
                  set skip 0
              else if test $ended = 1
                  printf '%s\n' $token
              else if test "$token" = --
                  set ended 1
              else if contains -- $token \#(longs)
                  set skip 1
              else if string match -qr -- '^-[a-zA-Z]*[\#(shorts.isEmpty ? "=" : shorts)]$' $token
                  set skip 1
              else if not string match -q -- '-?*' $token
                  printf '%s\n' $token
              end
          end
      end

      # Whether the command typed begins with these words.
      function __\#(name)_at
          set -l typed (__\#(name)_words)
          for index in (seq (count $argv))
              test "$typed[$index]" = "$argv[$index]"; or return 1
          end
      end

      # Whether the command typed is just these words, so that one more is wanted.
      function __\#(name)_after
          test (count (__\#(name)_words)) = (count $argv); and __\#(name)_at $argv
      end

      # Prints the names that the program prints when called with these words.
      function __\#(name)_names
          set -l context
          set -l keep 0
          for token in (commandline -opc)
              if test $keep = 1
                  set -a context (string replace -r -- '^~/' $HOME/ $token)
                  set keep 0
              else if contains -- $token \#(contextFlags.joined(separator: " "))
                  set -a context $token
                  set keep 1
              else if string match -qr -- '^(\#(contextFlags.joined(separator: "|")))=' $token
                  set -a context $token
              end
          end
          \#(callPrefix)command \#(name) $context $argv 2>/dev/null </dev/null | while read -l line
              set -l rest (string replace -a -- '\\\\' '' $line)
              string match -q -- '*\\\\*' $rest; and continue
              string replace -a -- '\\\\' '\\' $line
          end
      end

      # Prints the words offered for a list with commas, after what is typed of it.
      function __\#(name)_list
          set -l typed (string match -r -- '^(?:--[^=]*=)?(.*,)' (commandline -ct))[2]
          printf '%s\n' $typed$argv
      end

      complete -c \#(name) -f
      """#
  }

  private var fishGlobals: [String] {
    globalOptions.map { option in
      let replacing = entries.filter { entry in entry.command.options.contains { $0.name == option.name } }
      let condition = replacing.map { "not __\(name)_at \($0.words)" }.joined(separator: "; and ")
      return fishOption(option, condition: condition)
    }
  }

  private func fishEntry(_ entry: Entry) -> [String] {
    let command = entry.command
    let at = "__\(name)_at \(entry.words)"
    var lines = command.subcommands.map { sub in
      "complete -c \(name) -n '__\(name)_after \(entry.words)' -a \(sub.name) -d \(Self.fishQuote(sub.abstract))"
    }
    lines += command.options.map { fishOption($0, condition: at) }
    lines += command.arguments.compactMap { argument in
      let offer = fishOffer(argument.value)
      return offer.isEmpty ? nil : "complete -c \(name) -n '\(at)' \(offer)"
    }
    if entry.path == ["help"] { lines += fishHelpTopics }
    return lines
  }

  private var fishHelpTopics: [String] {
    root.subcommands.flatMap { noun in
      ["complete -c \(name) -n '__\(name)_after help' -a \(noun.name) -d \(Self.fishQuote(noun.abstract))"]
        + noun.subcommands.map { verb in
          "complete -c \(name) -n '__\(name)_after help \(noun.name)' -a \(verb.name) -d \(Self.fishQuote(verb.abstract))"
        }
    }
  }

  private func fishOption(_ option: OptionSpec, condition: String) -> String {
    var words = ["complete", "-c", name]
    if !condition.isEmpty { words += ["-n", "'\(condition)'"] }
    if let short = option.short { words += ["-s", String(short)] }
    words += ["-l", option.name]
    if option.placeholder != nil {
      let offer = fishOffer(option.value)
      words.append(offer == "-F" ? "-r -F" : offer.isEmpty ? "-x" : "-x \(offer)")
    }
    return (words + ["-d", Self.fishQuote(option.help)]).joined(separator: " ")
  }

  /// What is offered for a value; empty where nothing is.
  private func fishOffer(_ value: ValueKind) -> String {
    switch value {
    case .text, .integer: return ""
    case .choice(let words): return "-a \(Self.fishQuote(words.joined(separator: " ")))"
    case .choices(let words): return "-a '(__\(name)_list \(words.joined(separator: " ")))'"
    case .file: return "-F"
    case .directory: return "-a '(__fish_complete_directories)'"
    case .name:
      guard let words = source(value) else { return "" }
      return "-a \(Self.fishQuote("(__\(name)_names \(words.map(Self.fishWord).joined(separator: " ")))"))"
    }
  }

  /// A word in single quotes, where it needs them.
  private static func fishWord(_ word: String) -> String {
    quote(word) == word ? word : fishQuote(word)
  }

  /// Text in single quotes, in which fish knows two escapes.
  private static func fishQuote(_ text: String) -> String {
    let escaped = text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    return "'\(escaped)'"
  }
}
