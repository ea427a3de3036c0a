extension CompletionScript {
  /// A script for bash 4.2 and later. It needs no other completion package.
  func bash() -> String {
    [bashHead, bashSpec, bashValues, bashNames, bashUnquote, bashMain].joined(separator: "\n")
  }

  private var name: String { root.name }

  private var bashHead: String {
    """
    # bash completion for \(name). Made by: \(name) completion bash
    # shellcheck shell=bash disable=SC2034,SC2154

    """
  }

  /// Commands and flags by the words of the command.
  private var bashSpec: String {
    let cases = entries.map { entry -> String in
      let commands = entry.command.subcommands.map(\.name).joined(separator: " ")
      let flags = entry.command.options.flatMap(\.flags).joined(separator: " ")
      return "    '\(entry.words)') commands='\(commands)' flags='\(flags)' ;;"
    }
    return """
      # What may follow the command $1: sets commands and flags.
      _\(name)_spec() {
        commands='' flags=''
        case $1 in
      \(cases.joined(separator: "\n"))
        esac
        flags+=' \(globalOptions.flatMap(\.flags).joined(separator: " "))'
      }

      """
  }

  /// The values of flags and arguments; a command's own flags come before the global ones that they replace.
  private var bashValues: String {
    var cases: [String] = []
    for entry in entries where !entry.path.isEmpty {
      for option in entry.command.options {
        let patterns = option.flags.map { "'\(entry.words) \($0)'" }.joined(separator: " | ")
        cases.append("    \(patterns)) \(option.placeholder == nil ? "return 1" : bashKind(option.value)) ;;")
      }
      for (index, argument) in entry.command.arguments.enumerated() {
        let position = argument.takesSeveral ? "'\(entry.words) @'*" : "'\(entry.words) @\(index + 1)'"
        cases.append("    \(position)) \(bashKind(argument.value)) ;;")
        if argument.takesSeveral { break }
      }
    }
    for option in globalOptions where option.placeholder != nil {
      let patterns = option.flags.map { "*' \($0)'" }.joined(separator: " | ")
      cases.append("    \(patterns)) \(bashKind(option.value)) ;;")
    }
    return """
      # What the flag $2 of the command $1 takes, or its argument @1, @2…: sets kind, choices and source.
      # Fails where it takes nothing.
      _\(name)_value() {
        kind='' choices='' source=()
        case "$1 $2" in
      \(cases.joined(separator: "\n"))
          *) return 1 ;;
        esac
      }

      """
  }

  private func bashKind(_ value: ValueKind) -> String {
    switch value {
    case .text, .integer: return "kind=text"
    case .choice(let words): return "kind=choice choices='\(words.joined(separator: " "))'"
    case .choices(let words): return "kind=list choices='\(words.joined(separator: " "))'"
    case .file: return "kind='file'"
    case .directory: return "kind=directory"
    case .name:
      guard let words = source(value) else { return "kind=text" }
      return "kind=name source=(\(words.map(Self.quote).joined(separator: " ")))"
    }
  }

  private var bashNames: String {
    #"""
    # Adds to matches the names that the program prints and that begin with $value.
    _\#(name)_names() {
      local line
      while IFS= read -r line; do
        [[ ${line//\\\\/} == *\\* ]] && continue
        line=${line//\\\\/\\}
        [[ $line == "$value"* ]] && matches+=("$line")
      done < <(\#(callPrefix)command \#(name) "${context[@]}" "${source[@]}" 2> /dev/null < /dev/null)
    }

    # Keeps the value $2 of the flag $1 for the program, where it says which database is meant.
    _\#(name)_context() {
      case $1 in
        \#(contextFlags.isEmpty ? "''" : contextFlags.joined(separator: " | ")))
          local value quote
          _\#(name)_unquote "$2"
          # shellcheck disable=SC2088
          [[ $value == '~/'* ]] && value=$HOME/${value:2}
          context+=("$1" "$value")
          ;;
      esac
    }

    """#
  }

  private var bashUnquote: String {
    #"""
    # Takes the quoting off $1, as the shell would, without running anything: sets value, and quote where one is open.
    _\#(name)_unquote() {
      local rest=$1 char
      value='' quote=''
      while [[ -n $rest ]]; do
        char=${rest:0:1} rest=${rest:1}
        if [[ $quote == "'" ]]; then
          if [[ $char == "'" ]]; then quote=''; else value+=$char; fi
        elif [[ $char == \\ && ( -z $quote || ${rest:0:1} == [\\\"\$\`] ) ]]; then
          value+=${rest:0:1} rest=${rest:1}
        elif [[ -n $quote && $char == "$quote" ]]; then
          quote=''
        elif [[ -z $quote && $char == [\"\'] ]]; then
          quote=$char
        else
          value+=$char
        fi
      done
    }

    """#
  }

  private var bashMain: String { [bashWords, bashWalk, bashMatches, bashReply].joined(separator: "\n") }

  /// Readline also splits words at `=` and `:`; what touches on the line is one word to us.
  private var bashWords: String {
    #"""
    # Sets words to the words up to the cursor, and token to what readline replaces of the last.
    _\#(name)_split() {
      local rest=${COMP_LINE:0:COMP_POINT} trimmed word i
      words=()
      for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        trimmed=${rest#"${rest%%[![:space:]]*}"}
        ((i == COMP_CWORD)) && word=$trimmed
        if ((i > 0)) && [[ -n $word && $trimmed == "$rest" ]]; then
          words[${#words[@]} - 1]+=$word
        else
          words+=("$word")
        fi
        rest=${trimmed#"$word"}
      done
      token=$word
      [[ $token == [=:] ]] && token=''
    }

    """#
  }

  private var bashWalk: String {
    #"""
    # Reads the words before the cursor: sets path, position, wanted (a flag that waits for its value) and ended.
    _\#(name)_walk() {
      local i j word commands flags kind choices source
      path='' position=0 wanted='' ended=''
      for ((i = 1; i < ${#words[@]} - 1; i++)); do
        word=${words[i]}
        if [[ -n $wanted ]]; then
          _\#(name)_context "$wanted" "$word"
          wanted=''
        elif [[ -n $ended || $word != -?* ]]; then
          _\#(name)_spec "$path"
          if [[ " $commands " == *" $word "* ]]; then
            path+=${path:+ }$word
          else
            ((position += 1))
            [[ $path == help ]] && topic+=${topic:+ }$word
          fi
        elif [[ $word == -- ]]; then
          ended=1
        elif [[ $word == --*=* ]]; then
          _\#(name)_context "${word%%=*}" "${word#*=}"
        elif [[ $word == --* ]]; then
          _\#(name)_value "$path" "$word" && wanted=$word
        else
          for ((j = 1; j < ${#word}; j++)); do
            if _\#(name)_value "$path" "-${word:j:1}"; then
              ((j == ${#word} - 1)) && wanted=-${word:j:1}
              break
            fi
          done
        fi
      done
    }

    """#
  }

  private var bashMatches: String {
    #"""
    # Adds to matches what the words in $1 offer for $value.
    _\#(name)_choose() {
      local word
      for word in $1; do
        [[ $word == "$value"* ]] && matches+=("$2$word")
      done
    }

    # Adds to matches what the flag or argument $1 offers.
    _\#(name)_complete() {
      local before=''
      _\#(name)_value "$path" "$1" || return
      case $kind in
        choice) _\#(name)_choose "$choices" ;;
        list)
          [[ $value == *,* ]] && before=${value%,*},
          value=${value#"$before"}
          _\#(name)_choose "$choices" "$before"
          ;;
        file)
          compopt -o filenames 2> /dev/null
          mapfile -t matches < <(compgen -f -- "$value")
          ;;
        directory)
          compopt -o filenames 2> /dev/null
          mapfile -t matches < <(compgen -d -- "$value")
          ;;
        name) _\#(name)_names ;;
      esac
    }

    """#
  }

  private var bashReply: String {
    #"""
    _\#(name)() {
      local IFS=$' \t\n'
      local words token path position wanted ended topic='' context=() matches=()
      local commands flags kind='' choices source value quote
      COMPREPLY=()
      _\#(name)_split
      _\#(name)_walk
      local typed=${words[${#words[@]} - 1]} flag=$wanted
      if [[ -z $wanted && -z $ended && $typed == --*=* ]]; then
        flag=${typed%%=*} typed=${typed#*=}
      fi
      # What stands before the part that readline replaces is there already.
      _\#(name)_unquote "${typed%"$token"}"
      local lead=${#value}
      _\#(name)_unquote "$typed"
      _\#(name)_spec "$path"
      if [[ -n $flag ]]; then
        _\#(name)_complete "$flag"
      elif [[ -z $ended && $typed == -* ]]; then
        _\#(name)_choose "$flags"
      elif [[ -n $commands ]]; then
        _\#(name)_choose "$commands"
      elif [[ $path == help ]]; then
        _\#(name)_spec "$topic"
        _\#(name)_choose "$commands"
      else
        _\#(name)_complete "@$((position + 1))"
      fi
      local match
      for match in "${matches[@]}"; do
        match=${match:lead}
        if [[ $kind == name ]]; then
          case $quote in
            \') match=${match//\'/\'\\\'\'} ;;
            \")
              match=${match//\\/\\\\} match=${match//\"/\\\"}
              match=${match//\$/\\\$} match=${match//\`/\\\`}
              ;;
            *) printf -v match %q "$match" ;;
          esac
        fi
        COMPREPLY+=("$match")
      done
    }

    complete -F _\#(name) \#(name)

    """#
  }
}
