# bash completion for shop. Made by: shop completion bash
# shellcheck shell=bash disable=SC2034,SC2154

# What may follow the command $1: sets commands and flags.
_shop_spec() {
  commands='' flags=''
  case $1 in
    '') commands='item completion help' flags='' ;;
    'item') commands='add list show log assign export' flags='' ;;
    'item add') commands='' flags='--price --tag -g --group' ;;
    'item list') commands='' flags='--status --since --limit' ;;
    'item show') commands='' flags='' ;;
    'item log') commands='' flags='' ;;
    'item assign') commands='' flags='' ;;
    'item export') commands='' flags='-f --format' ;;
    'completion') commands='' flags='' ;;
    'help') commands='' flags='' ;;
  esac
  flags+=' --db -f --format --json -o --output -q --quiet -y --yes --no-input -h --help --version'
}

# What the flag $2 of the command $1 takes, or its argument @1, @2…: sets kind, choices and source.
# Fails where it takes nothing.
_shop_value() {
  kind='' choices='' source=()
  case "$1 $2" in
    'item add --price') kind=text ;;
    'item add --tag') kind=text ;;
    'item add -g' | 'item add --group') kind=name source=(group list --fields name) ;;
    'item add @1') kind=text ;;
    'item list --status') kind=list choices='active sold lost' ;;
    'item list --since') kind=text ;;
    'item list --limit') kind=text ;;
    'item show @1') kind=name source=(item list --fields 'it'\''s') ;;
    'item log @1') kind=text ;;
    'item log @2') kind=choice choices='sale loss' ;;
    'item log @3') kind=text ;;
    'item assign @'*) kind=text ;;
    'item export -f' | 'item export --format') kind=choice choices='csv json vcard' ;;
    'completion @1') kind=choice choices='bash zsh fish' ;;
    'help @'*) kind=text ;;
    *' --db') kind='file' ;;
    *' -f' | *' --format') kind=choice choices='table json jsonl csv tsv ids count' ;;
    *' -o' | *' --output') kind='file' ;;
    *) return 1 ;;
  esac
}

# Adds to matches the names that the program prints and that begin with $value.
_shop_names() {
  local line
  while IFS= read -r line; do
    [[ ${line//\\\\/} == *\\* ]] && continue
    line=${line//\\\\/\\}
    [[ $line == "$value"* ]] && matches+=("$line")
  done < <(SHOP_FORMAT='' command shop "${context[@]}" "${source[@]}" 2> /dev/null < /dev/null)
}

# Keeps the value $2 of the flag $1 for the program, where it says which database is meant.
_shop_context() {
  case $1 in
    --db)
      local value quote
      _shop_unquote "$2"
      # shellcheck disable=SC2088
      [[ $value == '~/'* ]] && value=$HOME/${value:2}
      context+=("$1" "$value")
      ;;
  esac
}

# Takes the quoting off $1, as the shell would, without running anything: sets value, and quote where one is open.
_shop_unquote() {
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

# Sets words to the words up to the cursor, and token to what readline replaces of the last.
_shop_split() {
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

# Reads the words before the cursor: sets path, position, wanted (a flag that waits for its value) and ended.
_shop_walk() {
  local i j word commands flags kind choices source
  path='' position=0 wanted='' ended=''
  for ((i = 1; i < ${#words[@]} - 1; i++)); do
    word=${words[i]}
    if [[ -n $wanted ]]; then
      _shop_context "$wanted" "$word"
      wanted=''
    elif [[ -n $ended || $word != -?* ]]; then
      _shop_spec "$path"
      if [[ " $commands " == *" $word "* ]]; then
        path+=${path:+ }$word
      else
        ((position += 1))
        [[ $path == help ]] && topic+=${topic:+ }$word
      fi
    elif [[ $word == -- ]]; then
      ended=1
    elif [[ $word == --*=* ]]; then
      _shop_context "${word%%=*}" "${word#*=}"
    elif [[ $word == --* ]]; then
      _shop_value "$path" "$word" && wanted=$word
    else
      for ((j = 1; j < ${#word}; j++)); do
        if _shop_value "$path" "-${word:j:1}"; then
          ((j == ${#word} - 1)) && wanted=-${word:j:1}
          break
        fi
      done
    fi
  done
}

# Adds to matches what the words in $1 offer for $value.
_shop_choose() {
  local word
  for word in $1; do
    [[ $word == "$value"* ]] && matches+=("$2$word")
  done
}

# Adds to matches what the flag or argument $1 offers.
_shop_complete() {
  local before=''
  _shop_value "$path" "$1" || return
  case $kind in
    choice) _shop_choose "$choices" ;;
    list)
      [[ $value == *,* ]] && before=${value%,*},
      value=${value#"$before"}
      _shop_choose "$choices" "$before"
      ;;
    file)
      compopt -o filenames 2> /dev/null
      mapfile -t matches < <(compgen -f -- "$value")
      ;;
    directory)
      compopt -o filenames 2> /dev/null
      mapfile -t matches < <(compgen -d -- "$value")
      ;;
    name) _shop_names ;;
  esac
}

_shop() {
  local IFS=$' \t\n'
  local words token path position wanted ended topic='' context=() matches=()
  local commands flags kind='' choices source value quote
  COMPREPLY=()
  _shop_split
  _shop_walk
  local typed=${words[${#words[@]} - 1]} flag=$wanted
  if [[ -z $wanted && -z $ended && $typed == --*=* ]]; then
    flag=${typed%%=*} typed=${typed#*=}
  fi
  # What stands before the part that readline replaces is there already.
  _shop_unquote "${typed%"$token"}"
  local lead=${#value}
  _shop_unquote "$typed"
  _shop_spec "$path"
  if [[ -n $flag ]]; then
    _shop_complete "$flag"
  elif [[ -z $ended && $typed == -* ]]; then
    _shop_choose "$flags"
  elif [[ -n $commands ]]; then
    _shop_choose "$commands"
  elif [[ $path == help ]]; then
    _shop_spec "$topic"
    _shop_choose "$commands"
  else
    _shop_complete "@$((position + 1))"
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

complete -F _shop shop
