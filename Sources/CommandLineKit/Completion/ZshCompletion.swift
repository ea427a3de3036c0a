extension CompletionScript {
  /// A script for zsh 5, built on its `_arguments`.
  func zsh() -> String {
    let functions = entries.filter { !$0.path.isEmpty }.map(zshFunction)
    let kinds = Set(sources.keys).sorted().map(zshNames)
    return ([zshHead] + kinds + functions + [zshMain]).joined(separator: "\n")
  }

  private var name: String { root.name }

  private var zshHead: String {
    #"""
    #compdef \#(name)
    # zsh completion for \#(name). Made by: \#(name) completion zsh

    # Offers the names that the program prints, one a line, when called with these words.
    _\#(name)_names() {
      local line
      local -a names
      for line in "${(@f)$(\#(callPrefix)command \#(name) "${program_context[@]}" "$@" 2> /dev/null < /dev/null)}"; do
        [[ -z $line || ${line//\\\\/} == *\\* ]] && continue
        names+=("${line//\\\\/\\}")
      done
      compadd -a names
    }

    """#
  }

  private func zshNames(_ kind: String) -> String {
    let words = (sources[kind] ?? []).map(Self.quote).joined(separator: " ")
    return """
      _\(name)_name_\(Self.identifier(kind))() {
        _\(name)_names \(words)
      }

      """
  }

  private func zshFunction(_ entry: Entry) -> String {
    let command = entry.command
    let function = "_\(name)__\(Self.identifier(entry.path.joined(separator: "_")))"
    let options = zshOptions(command)
    if !command.subcommands.isEmpty { return zshDispatch(function, entry, options) }
    var arguments: [String] = []
    for (index, argument) in command.arguments.enumerated() {
      let position = argument.takesSeveral ? "*" : "\(argument.isRequired ? "\(index + 1)" : "\(index + 1):")"
      let separator = argument.takesSeveral || argument.isRequired ? ":" : ""
      arguments.append(
        "'\(position)\(separator)\(zshText(argument.name)):\(zshAction(argument.value, argument.name))'")
      if argument.takesSeveral { break }
    }
    if entry.path == ["help"] { arguments = zshHelpTopics }
    return """
      \(function)() {
        _arguments -s -S : \\
      \((options + arguments).map { "    \($0)" }.joined(separator: " \\\n"))
      }

      """
  }

  /// A command's own options, and the global ones, which stand in an array for all commands but those that declare
  /// one of them anew.
  private func zshOptions(_ command: CommandSpec) -> [String] {
    let replaces = command.options.contains { own in globalOptions.contains { $0.name == own.name } }
    if replaces { return command.allOptions(global: globalOptions).map(zshOption) }
    return command.options.map(zshOption) + ["$program_options"]
  }

  /// A function that offers the subcommands, and hands over to theirs.
  private func zshDispatch(_ function: String, _ entry: Entry, _ options: [String]) -> String {
    let described = entry.command.subcommands.map { "'\(zshText($0.name)):\(zshText($0.abstract))'" }
    let prefix = (["_\(name)_"] + entry.path).joined(separator: "_")
    let cases = entry.command.subcommands.map { sub in
      "        \(sub.name)) \(Self.identifier("\(prefix)_\(sub.name)")) && result=0 ;;"
    }
    return """
      \(function)() {
        local curcontext=$curcontext state line result=1
        local -A opt_args
        local -a commands=(
      \(described.map { "    \($0)" }.joined(separator: "\n"))
        )
        _arguments -C -s -S : \\
      \(options.map { "    \($0) \\" }.joined(separator: "\n"))
          '1: :->command' \\
          '*:: :->rest' && result=0
        case $state in
          command) _describe -t commands command commands && result=0 ;;
          rest)
            case $line[1] in
      \(cases.joined(separator: "\n"))
            esac
            ;;
        esac
        return result
      }

      """
  }

  private var zshMain: String {
    let flags = contextFlags.isEmpty ? "''" : contextFlags.joined(separator: "|")
    let attached = contextFlags.isEmpty ? "''" : contextFlags.map { "\($0)=*" }.joined(separator: "|")
    let program = zshDispatch(
      "_\(name)_program", Entry(path: [], command: root), ["$program_options"])
    return program
      + #"""

      _\#(name)() {
        local -a program_options=(
      \#(globalOptions.map { "    \(zshOption($0))" }.joined(separator: "\n"))
        )
        # Which database is meant, for the calls that ask for names.
        local -a program_context=()
        local index
        for ((index = 2; index < CURRENT; index++)); do
          case $words[index] in
            \#(flags)) program_context+=($words[index] "${(Q)words[index + 1]/#\~\//$HOME/}") ;;
            \#(attached)) program_context+=("${(Q)words[index]}") ;;
          esac
        done
        _\#(name)_program
      }

      if [[ $funcstack[1] == _\#(name) ]]; then
        _\#(name)
      else
        compdef _\#(name) \#(name)
      fi

      """#
  }

  private var zshHelpTopics: [String] {
    let nouns = root.subcommands.map(\.name)
    let verbs = Set(root.subcommands.flatMap { $0.subcommands.map(\.name) }).sorted()
    return [
      "'1::command:(\(nouns.joined(separator: " ")))'", "'2::command:(\(verbs.joined(separator: " ")))'",
    ]
  }

  /// `'(-f --format)'{-f+,--format=}'[How data is written]:FORMAT:(table json)'`.
  private func zshOption(_ option: OptionSpec) -> String {
    let description = "[\(zshText(option.help))]"
    let value = option.placeholder.map { ":\(zshText($0)):\(zshAction(option.value, $0))" } ?? ""
    let long = option.flag + (option.placeholder == nil ? "" : "=")
    let exclusion = option.repeats ? "*" : "(\(option.flags.joined(separator: " ")))"
    guard let short = option.short else { return "'\(exclusion)\(long)\(description)\(value)'" }
    return "'\(exclusion)'{-\(short)\(option.placeholder == nil ? "" : "+"),\(long)}'\(description)\(value)'"
  }

  private func zshAction(_ value: ValueKind, _ placeholder: String) -> String {
    switch value {
    case .text, .integer: return " "
    case .choice(let words): return "(\(words.map(zshText).joined(separator: " ")))"
    case .choices(let words): return "_values -s , value \(words.map(zshText).joined(separator: " "))"
    case .file: return "_files"
    case .directory: return "_files -/"
    case .name(let kind): return sources[kind] == nil ? " " : " _\(name)_name_\(Self.identifier(kind))"
    }
  }

  /// Text within a specification of `_arguments`, which stands in single quotes.
  private func zshText(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\", "[", "]", ":": result += "\\\(character)"
      case "'": result += "'\\''"
      default: result.append(character)
      }
    }
    return result
  }

  /// A word as part of a function's name.
  private static func identifier(_ word: String) -> String {
    String(word.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" })
  }
}
