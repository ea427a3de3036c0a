#compdef shop
# zsh completion for shop. Made by: shop completion zsh

# Offers the names that the program prints, one a line, when called with these words.
_shop_names() {
  local line
  local -a names
  for line in "${(@f)$(SHOP_FORMAT='' command shop "${program_context[@]}" "$@" 2> /dev/null < /dev/null)}"; do
    [[ -z $line || ${line//\\\\/} == *\\* ]] && continue
    names+=("${line//\\\\/\\}")
  done
  compadd -a names
}

_shop_name_group() {
  _shop_names group list --fields name
}

_shop_name_item() {
  _shop_names item list --fields 'it'\''s'
}

_shop__item() {
  local curcontext=$curcontext state line result=1
  local -A opt_args
  local -a commands=(
    'add:Add an item'
    'list:List the items'
    'show:Show an item'
    'log:Record what happened to an item'
    'assign:Put items into a group'
    'export:Write all items'
  )
  _arguments -C -s -S : \
    $program_options \
    '1: :->command' \
    '*:: :->rest' && result=0
  case $state in
    command) _describe -t commands command commands && result=0 ;;
    rest)
      case $line[1] in
        add) _shop__item_add && result=0 ;;
        list) _shop__item_list && result=0 ;;
        show) _shop__item_show && result=0 ;;
        log) _shop__item_log && result=0 ;;
        assign) _shop__item_assign && result=0 ;;
        export) _shop__item_export && result=0 ;;
      esac
      ;;
  esac
  return result
}

_shop__item_add() {
  _arguments -s -S : \
    '(--price)--price=[In cents]:N: ' \
    '*--tag=[A word to find it by]:TAG: ' \
    '*'{-g+,--group=}'[Where it stands]:GROUP: _shop_name_group' \
    $program_options \
    '1:NAME: '
}

_shop__item_list() {
  _arguments -s -S : \
    '(--status)--status=[In these states]:S,...:_values -s , value active sold lost' \
    '(--since)--since=[Added since then]:TIME: ' \
    '(--limit)--limit=[At most so many]:N: ' \
    $program_options
}

_shop__item_show() {
  _arguments -s -S : \
    $program_options \
    '1:ITEM: _shop_name_item'
}

_shop__item_log() {
  _arguments -s -S : \
    $program_options \
    '1:ITEM: ' \
    '2:TYPE:(sale loss)' \
    '3:TEXT: '
}

_shop__item_assign() {
  _arguments -s -S : \
    $program_options \
    '*:ITEM: '
}

_shop__item_export() {
  _arguments -s -S : \
    '(-f --format)'{-f+,--format=}'[How data is written]:FORMAT:(csv json vcard)' \
    '(--db)--db=[The database]:PATH:_files' \
    '(--json)--json[Short for --format json]' \
    '(-o --output)'{-o+,--output=}'[Write there instead of stdout]:FILE:_files' \
    '(-q --quiet)'{-q,--quiet}'[Nothing on success but the data asked for]' \
    '(-y --yes)'{-y,--yes}'[Answer yes]' \
    '(--no-input)--no-input[Never prompt]' \
    '(-h --help)'{-h,--help}'[Show help and stop]' \
    '(--version)--version[Show the version and stop]'
}

_shop__completion() {
  _arguments -s -S : \
    $program_options \
    '1:SHELL:(bash zsh fish)'
}

_shop__help() {
  _arguments -s -S : \
    $program_options \
    '1::command:(item completion help)' \
    '2::command:(add assign export list log show)'
}

_shop_program() {
  local curcontext=$curcontext state line result=1
  local -A opt_args
  local -a commands=(
    'item:Goods'
    'completion:Print a completion script'
    'help:Explain a command'
  )
  _arguments -C -s -S : \
    $program_options \
    '1: :->command' \
    '*:: :->rest' && result=0
  case $state in
    command) _describe -t commands command commands && result=0 ;;
    rest)
      case $line[1] in
        item) _shop__item && result=0 ;;
        completion) _shop__completion && result=0 ;;
        help) _shop__help && result=0 ;;
      esac
      ;;
  esac
  return result
}

_shop() {
  local -a program_options=(
    '(--db)--db=[The database]:PATH:_files'
    '(-f --format)'{-f+,--format=}'[How data is written]:FORMAT:(table json jsonl csv tsv ids count)'
    '(--json)--json[Short for --format json]'
    '(-o --output)'{-o+,--output=}'[Write there instead of stdout]:FILE:_files'
    '(-q --quiet)'{-q,--quiet}'[Nothing on success but the data asked for]'
    '(-y --yes)'{-y,--yes}'[Answer yes]'
    '(--no-input)--no-input[Never prompt]'
    '(-h --help)'{-h,--help}'[Show help and stop]'
    '(--version)--version[Show the version and stop]'
  )
  # Which database is meant, for the calls that ask for names.
  local -a program_context=()
  local index
  for ((index = 2; index < CURRENT; index++)); do
    case $words[index] in
      --db) program_context+=($words[index] "${(Q)words[index + 1]/#\~\//$HOME/}") ;;
      --db=*) program_context+=("${(Q)words[index]}") ;;
    esac
  done
  _shop_program
}

if [[ $funcstack[1] == _shop ]]; then
  _shop
else
  compdef _shop shop
fi
