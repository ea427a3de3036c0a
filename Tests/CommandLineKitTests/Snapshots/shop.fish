# fish completion for shop. Made by: shop completion fish

# Prints the words of the command and its arguments typed so far, without flags.
function __shop_words
    set -l skip 0
    set -l ended 0
    for token in (commandline -opc)[2..-1]
        if test $skip = 1
            set skip 0
        else if test $ended = 1
            printf '%s\n' $token
        else if test "$token" = --
            set ended 1
        else if contains -- $token --db --format --output
            set skip 1
        else if string match -qr -- '^-[a-zA-Z]*[fo]$' $token
            set skip 1
        else if not string match -q -- '-?*' $token
            printf '%s\n' $token
        end
    end
end

# Whether the command typed begins with these words.
function __shop_at
    set -l typed (__shop_words)
    for index in (seq (count $argv))
        test "$typed[$index]" = "$argv[$index]"; or return 1
    end
end

# Whether the command typed is just these words, so that one more is wanted.
function __shop_after
    test (count (__shop_words)) = (count $argv); and __shop_at $argv
end

# Prints the names that the program prints when called with these words.
function __shop_names
    set -l context
    set -l keep 0
    for token in (commandline -opc)
        if test $keep = 1
            set -a context (string replace -r -- '^~/' $HOME/ $token)
            set keep 0
        else if contains -- $token --db
            set -a context $token
            set keep 1
        else if string match -qr -- '^(--db)=' $token
            set -a context $token
        end
    end
    SHOP_FORMAT='' command shop $context $argv 2>/dev/null </dev/null | while read -l line
        set -l rest (string replace -a -- '\\\\' '' $line)
        string match -q -- '*\\\\*' $rest; and continue
        string replace -a -- '\\\\' '\\' $line
    end
end

# Prints the words offered for a list with commas, after what is typed of it.
function __shop_list
    set -l typed (string match -r -- '^(?:--[^=]*=)?(.*,)' (commandline -ct))[2]
    printf '%s\n' $typed$argv
end

complete -c shop -f
complete -c shop -l db -r -F -d 'The database'
complete -c shop -n 'not __shop_at item export' -s f -l format -x -a 'table json jsonl csv tsv ids count' -d 'How data is written'
complete -c shop -l json -d 'Short for --format json'
complete -c shop -s o -l output -r -F -d 'Write there instead of stdout'
complete -c shop -s q -l quiet -d 'Nothing on success but the data asked for'
complete -c shop -s y -l yes -d 'Answer yes'
complete -c shop -l no-input -d 'Never prompt'
complete -c shop -s h -l help -d 'Show help and stop'
complete -c shop -l version -d 'Show the version and stop'
complete -c shop -n '__shop_after ' -a item -d 'Goods'
complete -c shop -n '__shop_after ' -a completion -d 'Print a completion script'
complete -c shop -n '__shop_after ' -a help -d 'Explain a command'
complete -c shop -n '__shop_after item' -a add -d 'Add an item'
complete -c shop -n '__shop_after item' -a list -d 'List the items'
complete -c shop -n '__shop_after item' -a show -d 'Show an item'
complete -c shop -n '__shop_after item' -a log -d 'Record what happened to an item'
complete -c shop -n '__shop_after item' -a assign -d 'Put items into a group'
complete -c shop -n '__shop_after item' -a export -d 'Write all items'
complete -c shop -n '__shop_at item add' -l price -x -d 'In cents'
complete -c shop -n '__shop_at item add' -l tag -x -d 'A word to find it by'
complete -c shop -n '__shop_at item add' -s g -l group -x -a '(__shop_names group list --fields name)' -d 'Where it stands'
complete -c shop -n '__shop_at item list' -l status -x -a '(__shop_list active sold lost)' -d 'In these states'
complete -c shop -n '__shop_at item list' -l since -x -d 'Added since then'
complete -c shop -n '__shop_at item list' -l limit -x -d 'At most so many'
complete -c shop -n '__shop_at item show' -a '(__shop_names item list --fields \'it\\\'s\')'
complete -c shop -n '__shop_at item log' -a 'sale loss'
complete -c shop -n '__shop_at item assign' -a '(__shop_names group list --fields name)'
complete -c shop -n '__shop_at item export' -s f -l format -x -a 'csv json vcard' -d 'How data is written'
complete -c shop -n '__shop_at completion' -a 'bash zsh fish'
complete -c shop -n '__shop_after help' -a item -d 'Goods'
complete -c shop -n '__shop_after help item' -a add -d 'Add an item'
complete -c shop -n '__shop_after help item' -a list -d 'List the items'
complete -c shop -n '__shop_after help item' -a show -d 'Show an item'
complete -c shop -n '__shop_after help item' -a log -d 'Record what happened to an item'
complete -c shop -n '__shop_after help item' -a assign -d 'Put items into a group'
complete -c shop -n '__shop_after help item' -a export -d 'Write all items'
complete -c shop -n '__shop_after help' -a completion -d 'Print a completion script'
complete -c shop -n '__shop_after help' -a help -d 'Explain a command'
