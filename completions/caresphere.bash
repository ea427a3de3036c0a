# bash completion for caresphere. Made by: caresphere completion bash
# shellcheck shell=bash disable=SC2034,SC2154

# What may follow the command $1: sets commands and flags.
_caresphere_spec() {
  commands='' flags=''
  case $1 in
    '') commands='init status check backup restore demo audit completion member group template message rule analytics user help' flags='' ;;
    'init') commands='' flags='--admin --full-name --password-stdin' ;;
    'status') commands='' flags='--probe' ;;
    'check') commands='' flags='--repair' ;;
    'backup') commands='' flags='--dir --keep' ;;
    'restore') commands='' flags='' ;;
    'demo') commands='' flags='--members' ;;
    'audit') commands='' flags='--entity --actor --since --until --sort --order --page --limit' ;;
    'completion') commands='' flags='' ;;
    'member') commands='add list search show update delete import undo-import export note notes log activities tag untag duplicates merge consent' flags='' ;;
    'member add') commands='' flags='--first-name --last-name --email --phone --date-of-birth --gender --address --city --state --zip-code --country --status --membership-type --join-date --photo-url --notes --external-id --tag --group --custom --from-json' ;;
    'member list') commands='' flags='--status --group --tag --city --age-min --age-max --search --where --sort --order --page --limit' ;;
    'member search') commands='' flags='--status --group --tag --city --age-min --age-max --search --where --sort --order --page --limit' ;;
    'member show') commands='' flags='--everything' ;;
    'member update') commands='' flags='--first-name --last-name --email --phone --date-of-birth --gender --address --city --state --zip-code --country --status --membership-type --join-date --photo-url --notes --external-id --tag --group --custom --from-json --clear --where' ;;
    'member delete') commands='' flags='--erase' ;;
    'member import') commands='' flags='--input-format --preset --map --unmapped --match --encoding --on-conflict --blank --date-order --group --tag --status --skip-invalid --rejects --max-errors --trigger-rules --resubscribe' ;;
    'member undo-import') commands='' flags='' ;;
    'member export') commands='' flags='--status --group --tag --city --age-min --age-max --search --where --sort --order --page --limit -f --format' ;;
    'member note') commands='' flags='--type --private' ;;
    'member notes') commands='' flags='' ;;
    'member log') commands='' flags='--metadata' ;;
    'member activities') commands='' flags='--type --sort --order --page --limit' ;;
    'member tag') commands='' flags='--tag' ;;
    'member untag') commands='' flags='--tag' ;;
    'member duplicates') commands='' flags='--by' ;;
    'member merge') commands='' flags='' ;;
    'member consent') commands='' flags='--channel --opt-in --opt-out --reason' ;;
    'group') commands='add list show update delete members assign remove sync' flags='' ;;
    'group add') commands='' flags='--description --type --color --icon --where --from-json' ;;
    'group list') commands='' flags='--sort --order --page --limit' ;;
    'group show') commands='' flags='' ;;
    'group update') commands='' flags='--name --description --type --color --icon --where --from-json' ;;
    'group delete') commands='' flags='--force' ;;
    'group members') commands='' flags='--status --group --tag --city --age-min --age-max --search --where --sort --order --page --limit' ;;
    'group assign') commands='' flags='--from --where' ;;
    'group remove') commands='' flags='' ;;
    'group sync') commands='' flags='--add-only --remove-only --max-removals' ;;
    'template') commands='add list show update delete check render' flags='' ;;
    'template add') commands='' flags='--type --subject --content --body-format --category --description --thumbnail-url --content-file --variable --inactive --from-json' ;;
    'template list') commands='' flags='--type --active --sort --order --page --limit' ;;
    'template show') commands='' flags='' ;;
    'template update') commands='' flags='--name --type --subject --content --body-format --category --description --thumbnail-url --content-file --variable --inactive --from-json --active --force' ;;
    'template delete') commands='' flags='--force' ;;
    'template check') commands='' flags='' ;;
    'template render') commands='' flags='--member --set --data' ;;
    'message') commands='add list show recipients update preview delete test send schedule cancel deliver retry analytics inbox track bounce suppressions unsuppress' flags='' ;;
    'message add') commands='' flags='--title --subject --content --template --type --body-format --schedule-at --expires --to-where --content-file --to-group --to-member --to-all --per-member --set --from-json' ;;
    'message list') commands='' flags='--status --type --sort --order --page --limit' ;;
    'message show') commands='' flags='' ;;
    'message recipients') commands='' flags='--status --sort --order --page --limit' ;;
    'message update') commands='' flags='--title --subject --content --template --type --body-format --schedule-at --expires --to-where --content-file --to-group --to-member --to-all --per-member --set --from-json --per-address' ;;
    'message preview') commands='' flags='--member' ;;
    'message delete') commands='' flags='--force' ;;
    'message test') commands='' flags='--to --member' ;;
    'message send') commands='' flags='--queue' ;;
    'message schedule') commands='' flags='--at' ;;
    'message cancel') commands='' flags='' ;;
    'message deliver') commands='' flags='--max-time' ;;
    'message retry') commands='' flags='--held' ;;
    'message analytics') commands='' flags='' ;;
    'message inbox') commands='' flags='--sort --order --page --limit' ;;
    'message track') commands='' flags='--preset' ;;
    'message bounce') commands='' flags='' ;;
    'message suppressions') commands='' flags='--sort --order --page --limit' ;;
    'message unsuppress') commands='' flags='' ;;
    'rule') commands='add list show update delete enable disable run execute logs' flags='' ;;
    'rule add') commands='' flags='--description --trigger --action --where --trigger-config --action-config --conditions --delay --offset-days --at --cron --template --message-type --tag --group --trigger-tag --trigger-group --set --inactive --from-json' ;;
    'rule list') commands='' flags='--active --sort --order --page --limit' ;;
    'rule show') commands='' flags='' ;;
    'rule update') commands='' flags='--name --description --trigger --action --where --trigger-config --action-config --conditions --delay --offset-days --at --cron --template --message-type --tag --group --trigger-tag --trigger-group --set --inactive --from-json --active' ;;
    'rule delete') commands='' flags='' ;;
    'rule enable') commands='' flags='' ;;
    'rule disable') commands='' flags='' ;;
    'rule run') commands='' flags='--rule --no-deliver' ;;
    'rule execute') commands='' flags='--member' ;;
    'rule logs') commands='' flags='--rule --status --since --until --sort --order --page --limit' ;;
    'analytics') commands='dashboard members messages engagement report' flags='' ;;
    'analytics dashboard') commands='' flags='--since --until --period --group --where' ;;
    'analytics members') commands='' flags='--since --until --period --group --where' ;;
    'analytics messages') commands='' flags='--since --until --period --group --where' ;;
    'analytics engagement') commands='' flags='--since --until --period --group --where' ;;
    'analytics report') commands='' flags='--since --until --period --group --where -f --format' ;;
    'user') commands='add login logout refresh whoami list show update delete passwd verify inbox token tokens revoke' flags='' ;;
    'user add') commands='' flags='--full-name --display-name --avatar-url --role --password-stdin --from-json' ;;
    'user login') commands='' flags='--password-stdin' ;;
    'user logout') commands='' flags='--all' ;;
    'user refresh') commands='' flags='' ;;
    'user whoami') commands='' flags='' ;;
    'user list') commands='' flags='--sort --order --page --limit' ;;
    'user show') commands='' flags='' ;;
    'user update') commands='' flags='--email --full-name --display-name --avatar-url --role --status --from-json' ;;
    'user delete') commands='' flags='--force' ;;
    'user passwd') commands='' flags='--password-stdin' ;;
    'user verify') commands='' flags='--code' ;;
    'user inbox') commands='' flags='--sort --order --page --limit' ;;
    'user token') commands='' flags='--role --expires-in' ;;
    'user tokens') commands='' flags='' ;;
    'user revoke') commands='' flags='' ;;
    'help') commands='' flags='' ;;
  esac
  flags+=' --db --config -f --format --json --fields --no-headers -o --output --force --raw --bom --no-pager -q --quiet -v --verbose -n --dry-run -y --yes --no-input --color --token-file --lock-timeout --as-of -h --help --version'
}

# What the flag $2 of the command $1 takes, or its argument @1, @2…: sets kind, choices and source.
# Fails where it takes nothing.
_caresphere_value() {
  kind='' choices='' source=()
  case "$1 $2" in
    'init --admin') kind=text ;;
    'init --full-name') kind=text ;;
    'init --password-stdin') return 1 ;;
    'status --probe') return 1 ;;
    'check --repair') return 1 ;;
    'backup --dir') kind=directory ;;
    'backup --keep') kind=text ;;
    'backup @1') kind='file' ;;
    'restore @1') kind='file' ;;
    'demo --members') kind=text ;;
    'audit --entity') kind=text ;;
    'audit --actor') kind=text ;;
    'audit --since') kind=text ;;
    'audit --until') kind=text ;;
    'audit --sort') kind=choice choices='at actor command entity' ;;
    'audit --order') kind=choice choices='asc desc' ;;
    'audit --page') kind=text ;;
    'audit --limit') kind=text ;;
    'completion @1') kind=choice choices='bash zsh fish' ;;
    'member add --first-name') kind=text ;;
    'member add --last-name') kind=text ;;
    'member add --email') kind=text ;;
    'member add --phone') kind=text ;;
    'member add --date-of-birth') kind=text ;;
    'member add --gender') kind=choice choices='male female other prefer_not_to_say' ;;
    'member add --address') kind=text ;;
    'member add --city') kind=text ;;
    'member add --state') kind=text ;;
    'member add --zip-code') kind=text ;;
    'member add --country') kind=text ;;
    'member add --status') kind=choice choices='active inactive pending archived' ;;
    'member add --membership-type') kind=text ;;
    'member add --join-date') kind=text ;;
    'member add --photo-url') kind=text ;;
    'member add --notes') kind=text ;;
    'member add --external-id') kind=text ;;
    'member add --tag') kind=text ;;
    'member add --group') kind=name source=(group list --fields name --quiet) ;;
    'member add --custom') kind=text ;;
    'member add --from-json') kind='file' ;;
    'member list --status') kind=list choices='active inactive pending archived' ;;
    'member list --group') kind=name source=(group list --fields name --quiet) ;;
    'member list --tag') kind=text ;;
    'member list --city') kind=text ;;
    'member list --age-min') kind=text ;;
    'member list --age-max') kind=text ;;
    'member list --search') kind=text ;;
    'member list --where') kind=text ;;
    'member list --sort') kind=text ;;
    'member list --order') kind=choice choices='asc desc' ;;
    'member list --page') kind=text ;;
    'member list --limit') kind=text ;;
    'member search --status') kind=list choices='active inactive pending archived' ;;
    'member search --group') kind=name source=(group list --fields name --quiet) ;;
    'member search --tag') kind=text ;;
    'member search --city') kind=text ;;
    'member search --age-min') kind=text ;;
    'member search --age-max') kind=text ;;
    'member search --search') kind=text ;;
    'member search --where') kind=text ;;
    'member search --sort') kind=text ;;
    'member search --order') kind=choice choices='asc desc' ;;
    'member search --page') kind=text ;;
    'member search --limit') kind=text ;;
    'member search @'*) kind=text ;;
    'member show --everything') return 1 ;;
    'member show @1') kind=text ;;
    'member update --first-name') kind=text ;;
    'member update --last-name') kind=text ;;
    'member update --email') kind=text ;;
    'member update --phone') kind=text ;;
    'member update --date-of-birth') kind=text ;;
    'member update --gender') kind=choice choices='male female other prefer_not_to_say' ;;
    'member update --address') kind=text ;;
    'member update --city') kind=text ;;
    'member update --state') kind=text ;;
    'member update --zip-code') kind=text ;;
    'member update --country') kind=text ;;
    'member update --status') kind=choice choices='active inactive pending archived' ;;
    'member update --membership-type') kind=text ;;
    'member update --join-date') kind=text ;;
    'member update --photo-url') kind=text ;;
    'member update --notes') kind=text ;;
    'member update --external-id') kind=text ;;
    'member update --tag') kind=text ;;
    'member update --group') kind=name source=(group list --fields name --quiet) ;;
    'member update --custom') kind=text ;;
    'member update --from-json') kind='file' ;;
    'member update --clear') kind=text ;;
    'member update --where') kind=text ;;
    'member update @1') kind=text ;;
    'member delete --erase') return 1 ;;
    'member delete @'*) kind=text ;;
    'member import --input-format') kind=choice choices='auto csv tsv json jsonl vcard' ;;
    'member import --preset') kind=choice choices='auto caresphere google outlook mailchimp planning-center breeze rock brevo' ;;
    'member import --map') kind=text ;;
    'member import --unmapped') kind=choice choices='error ignore custom' ;;
    'member import --match') kind=choice choices='auto external-id email phone name+birthday none' ;;
    'member import --encoding') kind=choice choices='auto utf-8 utf-16 windows-1252' ;;
    'member import --on-conflict') kind=choice choices='skip update error' ;;
    'member import --blank') kind=choice choices='keep clear' ;;
    'member import --date-order') kind=choice choices='ymd mdy dmy' ;;
    'member import --group') kind=name source=(group list --fields name --quiet) ;;
    'member import --tag') kind=text ;;
    'member import --status') kind=choice choices='active inactive pending archived' ;;
    'member import --skip-invalid') return 1 ;;
    'member import --rejects') kind='file' ;;
    'member import --max-errors') kind=text ;;
    'member import --trigger-rules') return 1 ;;
    'member import --resubscribe') return 1 ;;
    'member import @1') kind='file' ;;
    'member undo-import @1') kind=text ;;
    'member export --status') kind=list choices='active inactive pending archived' ;;
    'member export --group') kind=name source=(group list --fields name --quiet) ;;
    'member export --tag') kind=text ;;
    'member export --city') kind=text ;;
    'member export --age-min') kind=text ;;
    'member export --age-max') kind=text ;;
    'member export --search') kind=text ;;
    'member export --where') kind=text ;;
    'member export --sort') kind=text ;;
    'member export --order') kind=choice choices='asc desc' ;;
    'member export --page') kind=text ;;
    'member export --limit') kind=text ;;
    'member export -f' | 'member export --format') kind=choice choices='table json jsonl csv tsv ids count vcard' ;;
    'member note --type') kind=text ;;
    'member note --private') return 1 ;;
    'member note @1') kind=text ;;
    'member note @2') kind=text ;;
    'member notes @1') kind=text ;;
    'member log --metadata') kind=text ;;
    'member log @1') kind=text ;;
    'member log @2') kind=text ;;
    'member log @3') kind=text ;;
    'member activities --type') kind=text ;;
    'member activities --sort') kind=choice choices='createdAt activityType' ;;
    'member activities --order') kind=choice choices='asc desc' ;;
    'member activities --page') kind=text ;;
    'member activities --limit') kind=text ;;
    'member activities @1') kind=text ;;
    'member tag --tag') kind=text ;;
    'member tag @'*) kind=text ;;
    'member untag --tag') kind=text ;;
    'member untag @'*) kind=text ;;
    'member duplicates --by') kind=list choices='email phone name+birthday' ;;
    'member merge @1') kind=text ;;
    'member merge @'*) kind=text ;;
    'member consent --channel') kind=choice choices='email sms push' ;;
    'member consent --opt-in') return 1 ;;
    'member consent --opt-out') return 1 ;;
    'member consent --reason') kind=text ;;
    'member consent @1') kind=text ;;
    'group add --description') kind=text ;;
    'group add --type') kind=text ;;
    'group add --color') kind=text ;;
    'group add --icon') kind=text ;;
    'group add --where') kind=text ;;
    'group add --from-json') kind='file' ;;
    'group add @1') kind=text ;;
    'group list --sort') kind=choice choices='name type memberCount createdAt updatedAt' ;;
    'group list --order') kind=choice choices='asc desc' ;;
    'group list --page') kind=text ;;
    'group list --limit') kind=text ;;
    'group show @1') kind=name source=(group list --fields name --quiet) ;;
    'group update --name') kind=text ;;
    'group update --description') kind=text ;;
    'group update --type') kind=text ;;
    'group update --color') kind=text ;;
    'group update --icon') kind=text ;;
    'group update --where') kind=text ;;
    'group update --from-json') kind='file' ;;
    'group update @1') kind=name source=(group list --fields name --quiet) ;;
    'group delete --force') return 1 ;;
    'group delete @1') kind=name source=(group list --fields name --quiet) ;;
    'group members --status') kind=list choices='active inactive pending archived' ;;
    'group members --group') kind=name source=(group list --fields name --quiet) ;;
    'group members --tag') kind=text ;;
    'group members --city') kind=text ;;
    'group members --age-min') kind=text ;;
    'group members --age-max') kind=text ;;
    'group members --search') kind=text ;;
    'group members --where') kind=text ;;
    'group members --sort') kind=text ;;
    'group members --order') kind=choice choices='asc desc' ;;
    'group members --page') kind=text ;;
    'group members --limit') kind=text ;;
    'group members @1') kind=name source=(group list --fields name --quiet) ;;
    'group assign --from') kind='file' ;;
    'group assign --where') kind=text ;;
    'group assign @1') kind=name source=(group list --fields name --quiet) ;;
    'group assign @'*) kind=text ;;
    'group remove @1') kind=name source=(group list --fields name --quiet) ;;
    'group remove @'*) kind=text ;;
    'group sync --add-only') return 1 ;;
    'group sync --remove-only') return 1 ;;
    'group sync --max-removals') kind=text ;;
    'group sync @1') kind=name source=(group list --fields name --quiet) ;;
    'group sync @2') kind='file' ;;
    'template add --type') kind=choice choices='email sms push whatsapp' ;;
    'template add --subject') kind=text ;;
    'template add --content') kind=text ;;
    'template add --body-format') kind=choice choices='text html markdown' ;;
    'template add --category') kind=text ;;
    'template add --description') kind=text ;;
    'template add --thumbnail-url') kind=text ;;
    'template add --content-file') kind='file' ;;
    'template add --variable') kind=text ;;
    'template add --inactive') return 1 ;;
    'template add --from-json') kind='file' ;;
    'template add @1') kind=text ;;
    'template list --type') kind=choice choices='email sms push whatsapp' ;;
    'template list --active') return 1 ;;
    'template list --sort') kind=choice choices='name templateType category usageCount createdAt updatedAt' ;;
    'template list --order') kind=choice choices='asc desc' ;;
    'template list --page') kind=text ;;
    'template list --limit') kind=text ;;
    'template show @1') kind=name source=(template list --fields name --quiet) ;;
    'template update --name') kind=text ;;
    'template update --type') kind=choice choices='email sms push whatsapp' ;;
    'template update --subject') kind=text ;;
    'template update --content') kind=text ;;
    'template update --body-format') kind=choice choices='text html markdown' ;;
    'template update --category') kind=text ;;
    'template update --description') kind=text ;;
    'template update --thumbnail-url') kind=text ;;
    'template update --content-file') kind='file' ;;
    'template update --variable') kind=text ;;
    'template update --inactive') return 1 ;;
    'template update --from-json') kind='file' ;;
    'template update --active') return 1 ;;
    'template update --force') return 1 ;;
    'template update @1') kind=name source=(template list --fields name --quiet) ;;
    'template delete --force') return 1 ;;
    'template delete @1') kind=name source=(template list --fields name --quiet) ;;
    'template check @1') kind=name source=(template list --fields name --quiet) ;;
    'template render --member') kind=text ;;
    'template render --set') kind=text ;;
    'template render --data') kind='file' ;;
    'template render @1') kind=name source=(template list --fields name --quiet) ;;
    'message add --title') kind=text ;;
    'message add --subject') kind=text ;;
    'message add --content') kind=text ;;
    'message add --template') kind=name source=(template list --fields name --quiet) ;;
    'message add --type') kind=choice choices='email sms whatsapp push in_app' ;;
    'message add --body-format') kind=choice choices='text html markdown' ;;
    'message add --schedule-at') kind=text ;;
    'message add --expires') kind=text ;;
    'message add --to-where') kind=text ;;
    'message add --content-file') kind='file' ;;
    'message add --to-group') kind=name source=(group list --fields name --quiet) ;;
    'message add --to-member') kind=text ;;
    'message add --to-all') return 1 ;;
    'message add --per-member') return 1 ;;
    'message add --set') kind=text ;;
    'message add --from-json') kind='file' ;;
    'message list --status') kind=list choices='draft scheduled sending sent failed' ;;
    'message list --type') kind=list choices='email sms whatsapp push in_app' ;;
    'message list --sort') kind=choice choices='title messageType status recipientCount openedCount clickedCount failedCount scheduledFor sentAt createdAt updatedAt' ;;
    'message list --order') kind=choice choices='asc desc' ;;
    'message list --page') kind=text ;;
    'message list --limit') kind=text ;;
    'message show @1') kind=name source=(message list --fields title --quiet) ;;
    'message recipients --status') kind=list choices='pending sent delivered opened clicked failed skipped held' ;;
    'message recipients --sort') kind=choice choices='memberId memberName recipientEmail recipientPhone status sentAt deliveredAt openedAt clickedAt attempts' ;;
    'message recipients --order') kind=choice choices='asc desc' ;;
    'message recipients --page') kind=text ;;
    'message recipients --limit') kind=text ;;
    'message recipients @1') kind=name source=(message list --fields title --quiet) ;;
    'message update --title') kind=text ;;
    'message update --subject') kind=text ;;
    'message update --content') kind=text ;;
    'message update --template') kind=name source=(template list --fields name --quiet) ;;
    'message update --type') kind=choice choices='email sms whatsapp push in_app' ;;
    'message update --body-format') kind=choice choices='text html markdown' ;;
    'message update --schedule-at') kind=text ;;
    'message update --expires') kind=text ;;
    'message update --to-where') kind=text ;;
    'message update --content-file') kind='file' ;;
    'message update --to-group') kind=name source=(group list --fields name --quiet) ;;
    'message update --to-member') kind=text ;;
    'message update --to-all') return 1 ;;
    'message update --per-member') return 1 ;;
    'message update --set') kind=text ;;
    'message update --from-json') kind='file' ;;
    'message update --per-address') return 1 ;;
    'message update @1') kind=name source=(message list --fields title --quiet) ;;
    'message preview --member') kind=text ;;
    'message preview @1') kind=name source=(message list --fields title --quiet) ;;
    'message delete --force') return 1 ;;
    'message delete @1') kind=name source=(message list --fields title --quiet) ;;
    'message test --to') kind=text ;;
    'message test --member') kind=text ;;
    'message test @1') kind=name source=(message list --fields title --quiet) ;;
    'message send --queue') return 1 ;;
    'message send @1') kind=name source=(message list --fields title --quiet) ;;
    'message schedule --at') kind=text ;;
    'message schedule @1') kind=name source=(message list --fields title --quiet) ;;
    'message cancel @1') kind=name source=(message list --fields title --quiet) ;;
    'message deliver --max-time') kind=text ;;
    'message retry --held') return 1 ;;
    'message retry @1') kind=name source=(message list --fields title --quiet) ;;
    'message analytics @1') kind=name source=(message list --fields title --quiet) ;;
    'message inbox --sort') kind=choice choices='sentAt' ;;
    'message inbox --order') kind=choice choices='asc desc' ;;
    'message inbox --page') kind=text ;;
    'message inbox --limit') kind=text ;;
    'message inbox @1') kind=text ;;
    'message track --preset') kind=choice choices='jsonl sendgrid mailgun ses postmark' ;;
    'message track @1') kind='file' ;;
    'message bounce @1') kind='file' ;;
    'message suppressions --sort') kind=choice choices='at address channel source' ;;
    'message suppressions --order') kind=choice choices='asc desc' ;;
    'message suppressions --page') kind=text ;;
    'message suppressions --limit') kind=text ;;
    'message unsuppress @1') kind=text ;;
    'rule add --description') kind=text ;;
    'rule add --trigger') kind=choice choices='member_created member_updated status_changed group_joined group_left tag_added message_opened message_clicked message_failed birthday anniversary date schedule inactivity' ;;
    'rule add --action') kind=choice choices='send_message add_tag remove_tag add_to_group remove_from_group update_member add_note notify_user' ;;
    'rule add --where') kind=text ;;
    'rule add --trigger-config') kind=text ;;
    'rule add --action-config') kind=text ;;
    'rule add --conditions') kind=text ;;
    'rule add --delay') kind=text ;;
    'rule add --offset-days') kind=text ;;
    'rule add --at') kind=text ;;
    'rule add --cron') kind=text ;;
    'rule add --template') kind=name source=(template list --fields name --quiet) ;;
    'rule add --message-type') kind=choice choices='email sms whatsapp push in_app' ;;
    'rule add --tag') kind=text ;;
    'rule add --group') kind=name source=(group list --fields name --quiet) ;;
    'rule add --trigger-tag') kind=text ;;
    'rule add --trigger-group') kind=name source=(group list --fields name --quiet) ;;
    'rule add --set') kind=text ;;
    'rule add --inactive') return 1 ;;
    'rule add --from-json') kind='file' ;;
    'rule add @1') kind=text ;;
    'rule list --active') return 1 ;;
    'rule list --sort') kind=choice choices='name triggerType actionType runCount lastRunAt createdAt updatedAt' ;;
    'rule list --order') kind=choice choices='asc desc' ;;
    'rule list --page') kind=text ;;
    'rule list --limit') kind=text ;;
    'rule show @1') kind=name source=(rule list --fields name --quiet) ;;
    'rule update --name') kind=text ;;
    'rule update --description') kind=text ;;
    'rule update --trigger') kind=choice choices='member_created member_updated status_changed group_joined group_left tag_added message_opened message_clicked message_failed birthday anniversary date schedule inactivity' ;;
    'rule update --action') kind=choice choices='send_message add_tag remove_tag add_to_group remove_from_group update_member add_note notify_user' ;;
    'rule update --where') kind=text ;;
    'rule update --trigger-config') kind=text ;;
    'rule update --action-config') kind=text ;;
    'rule update --conditions') kind=text ;;
    'rule update --delay') kind=text ;;
    'rule update --offset-days') kind=text ;;
    'rule update --at') kind=text ;;
    'rule update --cron') kind=text ;;
    'rule update --template') kind=name source=(template list --fields name --quiet) ;;
    'rule update --message-type') kind=choice choices='email sms whatsapp push in_app' ;;
    'rule update --tag') kind=text ;;
    'rule update --group') kind=name source=(group list --fields name --quiet) ;;
    'rule update --trigger-tag') kind=text ;;
    'rule update --trigger-group') kind=name source=(group list --fields name --quiet) ;;
    'rule update --set') kind=text ;;
    'rule update --inactive') return 1 ;;
    'rule update --from-json') kind='file' ;;
    'rule update --active') return 1 ;;
    'rule update @1') kind=name source=(rule list --fields name --quiet) ;;
    'rule delete @1') kind=name source=(rule list --fields name --quiet) ;;
    'rule enable @1') kind=name source=(rule list --fields name --quiet) ;;
    'rule disable @1') kind=name source=(rule list --fields name --quiet) ;;
    'rule run --rule') kind=name source=(rule list --fields name --quiet) ;;
    'rule run --no-deliver') return 1 ;;
    'rule execute --member') kind=text ;;
    'rule execute @1') kind=name source=(rule list --fields name --quiet) ;;
    'rule logs --rule') kind=name source=(rule list --fields name --quiet) ;;
    'rule logs --status') kind=choice choices='success failure skipped' ;;
    'rule logs --since') kind=text ;;
    'rule logs --until') kind=text ;;
    'rule logs --sort') kind=choice choices='executedAt status ruleName' ;;
    'rule logs --order') kind=choice choices='asc desc' ;;
    'rule logs --page') kind=text ;;
    'rule logs --limit') kind=text ;;
    'analytics dashboard --since') kind=text ;;
    'analytics dashboard --until') kind=text ;;
    'analytics dashboard --period') kind=choice choices='day week month year' ;;
    'analytics dashboard --group') kind=name source=(group list --fields name --quiet) ;;
    'analytics dashboard --where') kind=text ;;
    'analytics members --since') kind=text ;;
    'analytics members --until') kind=text ;;
    'analytics members --period') kind=choice choices='day week month year' ;;
    'analytics members --group') kind=name source=(group list --fields name --quiet) ;;
    'analytics members --where') kind=text ;;
    'analytics messages --since') kind=text ;;
    'analytics messages --until') kind=text ;;
    'analytics messages --period') kind=choice choices='day week month year' ;;
    'analytics messages --group') kind=name source=(group list --fields name --quiet) ;;
    'analytics messages --where') kind=text ;;
    'analytics engagement --since') kind=text ;;
    'analytics engagement --until') kind=text ;;
    'analytics engagement --period') kind=choice choices='day week month year' ;;
    'analytics engagement --group') kind=name source=(group list --fields name --quiet) ;;
    'analytics engagement --where') kind=text ;;
    'analytics report --since') kind=text ;;
    'analytics report --until') kind=text ;;
    'analytics report --period') kind=choice choices='day week month year' ;;
    'analytics report --group') kind=name source=(group list --fields name --quiet) ;;
    'analytics report --where') kind=text ;;
    'analytics report -f' | 'analytics report --format') kind=choice choices='html table json jsonl csv tsv' ;;
    'user add --full-name') kind=text ;;
    'user add --display-name') kind=text ;;
    'user add --avatar-url') kind=text ;;
    'user add --role') kind=choice choices='member moderator admin' ;;
    'user add --password-stdin') return 1 ;;
    'user add --from-json') kind='file' ;;
    'user add @1') kind=text ;;
    'user login --password-stdin') return 1 ;;
    'user login @1') kind=text ;;
    'user logout --all') return 1 ;;
    'user list --sort') kind=choice choices='email fullName role status lastLoginAt createdAt' ;;
    'user list --order') kind=choice choices='asc desc' ;;
    'user list --page') kind=text ;;
    'user list --limit') kind=text ;;
    'user show @1') kind=text ;;
    'user update --email') kind=text ;;
    'user update --full-name') kind=text ;;
    'user update --display-name') kind=text ;;
    'user update --avatar-url') kind=text ;;
    'user update --role') kind=choice choices='member moderator admin' ;;
    'user update --status') kind=choice choices='active inactive suspended' ;;
    'user update --from-json') kind='file' ;;
    'user update @1') kind=text ;;
    'user delete --force') return 1 ;;
    'user delete @1') kind=text ;;
    'user passwd --password-stdin') return 1 ;;
    'user passwd @1') kind=text ;;
    'user verify --code') kind=text ;;
    'user verify @1') kind=text ;;
    'user inbox --sort') kind=choice choices='createdAt title' ;;
    'user inbox --order') kind=choice choices='asc desc' ;;
    'user inbox --page') kind=text ;;
    'user inbox --limit') kind=text ;;
    'user token --role') kind=choice choices='member moderator admin' ;;
    'user token --expires-in') kind=text ;;
    'user token @1') kind=text ;;
    'user revoke @1') kind=text ;;
    'help @'*) kind=text ;;
    *' --db') kind='file' ;;
    *' --config') kind='file' ;;
    *' -f' | *' --format') kind=choice choices='table json jsonl csv tsv ids count' ;;
    *' --fields') kind=text ;;
    *' -o' | *' --output') kind='file' ;;
    *' --color') kind=choice choices='auto always never' ;;
    *' --token-file') kind='file' ;;
    *' --lock-timeout') kind=text ;;
    *' --as-of') kind=text ;;
    *) return 1 ;;
  esac
}

# Adds to matches the names that the program prints and that begin with $value.
_caresphere_names() {
  local line
  while IFS= read -r line; do
    [[ ${line//\\\\/} == *\\* ]] && continue
    line=${line//\\\\/\\}
    [[ $line == "$value"* ]] && matches+=("$line")
  done < <(CARESPHERE_FORMAT='' command caresphere "${context[@]}" "${source[@]}" 2> /dev/null < /dev/null)
}

# Keeps the value $2 of the flag $1 for the program, where it says which database is meant.
_caresphere_context() {
  case $1 in
    --db | --config)
      local value quote
      _caresphere_unquote "$2"
      # shellcheck disable=SC2088
      [[ $value == '~/'* ]] && value=$HOME/${value:2}
      context+=("$1" "$value")
      ;;
  esac
}

# Takes the quoting off $1, as the shell would, without running anything: sets value, and quote where one is open.
_caresphere_unquote() {
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
_caresphere_split() {
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
_caresphere_walk() {
  local i j word commands flags kind choices source
  path='' position=0 wanted='' ended=''
  for ((i = 1; i < ${#words[@]} - 1; i++)); do
    word=${words[i]}
    if [[ -n $wanted ]]; then
      _caresphere_context "$wanted" "$word"
      wanted=''
    elif [[ -n $ended || $word != -?* ]]; then
      _caresphere_spec "$path"
      if [[ " $commands " == *" $word "* ]]; then
        path+=${path:+ }$word
      else
        ((position += 1))
        [[ $path == help ]] && topic+=${topic:+ }$word
      fi
    elif [[ $word == -- ]]; then
      ended=1
    elif [[ $word == --*=* ]]; then
      _caresphere_context "${word%%=*}" "${word#*=}"
    elif [[ $word == --* ]]; then
      _caresphere_value "$path" "$word" && wanted=$word
    else
      for ((j = 1; j < ${#word}; j++)); do
        if _caresphere_value "$path" "-${word:j:1}"; then
          ((j == ${#word} - 1)) && wanted=-${word:j:1}
          break
        fi
      done
    fi
  done
}

# Adds to matches what the words in $1 offer for $value.
_caresphere_choose() {
  local word
  for word in $1; do
    [[ $word == "$value"* ]] && matches+=("$2$word")
  done
}

# Adds to matches what the flag or argument $1 offers.
_caresphere_complete() {
  local before=''
  _caresphere_value "$path" "$1" || return
  case $kind in
    choice) _caresphere_choose "$choices" ;;
    list)
      [[ $value == *,* ]] && before=${value%,*},
      value=${value#"$before"}
      _caresphere_choose "$choices" "$before"
      ;;
    file)
      compopt -o filenames 2> /dev/null
      mapfile -t matches < <(compgen -f -- "$value")
      ;;
    directory)
      compopt -o filenames 2> /dev/null
      mapfile -t matches < <(compgen -d -- "$value")
      ;;
    name) _caresphere_names ;;
  esac
}

_caresphere() {
  local IFS=$' \t\n'
  local words token path position wanted ended topic='' context=() matches=()
  local commands flags kind='' choices source value quote
  COMPREPLY=()
  _caresphere_split
  _caresphere_walk
  local typed=${words[${#words[@]} - 1]} flag=$wanted
  if [[ -z $wanted && -z $ended && $typed == --*=* ]]; then
    flag=${typed%%=*} typed=${typed#*=}
  fi
  # What stands before the part that readline replaces is there already.
  _caresphere_unquote "${typed%"$token"}"
  local lead=${#value}
  _caresphere_unquote "$typed"
  _caresphere_spec "$path"
  if [[ -n $flag ]]; then
    _caresphere_complete "$flag"
  elif [[ -z $ended && $typed == -* ]]; then
    _caresphere_choose "$flags"
  elif [[ -n $commands ]]; then
    _caresphere_choose "$commands"
  elif [[ $path == help ]]; then
    _caresphere_spec "$topic"
    _caresphere_choose "$commands"
  else
    _caresphere_complete "@$((position + 1))"
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

complete -F _caresphere caresphere
