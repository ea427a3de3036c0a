/// The passwords that everybody tries first.
///
/// A thousand of the most frequent ones in published leaks, in lower case: above all those that would
/// pass the other rules once a letter is made a capital, and the best known of the rest, so that all
/// that is wrong with them is said at once.
enum CommonPasswords {
  /// Whether the password is one of them, whatever its capitals.
  static func contains(_ password: String) -> Bool {
    let wanted = password.lowercased()
    return all.contains { $0 == wanted }
  }

  /// The passwords one by one.
  static var all: [Substring] { text.split { $0 == " " || $0 == "\n" } }

  /// Separated by white space, in alphabetical order.
  private static let text = """
    !qaz2wsx 000000 00000000 0123456789 0987654321 0o9i8u7y 101010 111111 11111111 1111111111 1111qqqq
    111222tianya 112233 11223344 121212 123123 123123123 123321 123321qwe 1234 12341234 12345 123456 1234567
    12345678 123456789 1234567890 123456789a 123456789abc 123456789q 123456789qwe 123456789qwerty 12345678a
    1234567a 1234567aa 123456a 123456a! 123456aa 123456ab 123456abc 123456as 123456asd 123456qq 123456qqq
    123456qw 123456qwe 123456qwerty 123456ru 12345abc 12345asd 12345qaz 12345qwe 12345qwer 12345qwert
    12345qwerty 1234abcd 1234asdf 1234kekc 1234qwer 1234rewq 1234zxcv 123654 123abc 123abc123 123masha
    123qq123 123qwe 123qwe123 123qwe456 123qweas 123qweasd 123qweasdzxc 123qwert 123qwerty 12locked 12qw12qw
    12qw34er 12qwaszx 12qwerty 131313 147258 159357 159753 17171717aa 1a2a3a4a 1a2a3a4a5a 1a2b3c4d
    1a2b3c4d5e 1a2s3d4f 1a2s3d4f5g 1basebal 1footbal 1g2w3e4r 1jennife 1letmein 1michael 1million 1mustang
    1password 1q2q3q4q 1q2w3e 1q2w3e4r 1q2w3e4r5 1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qa2ws3ed 1qaz
    1qaz!qaz 1qaz2wsx 1qaz2wsx3e 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qaz@wsx 1qazxsw2 1qazxsw23edc 1qazzaq1
    1qw23er4 1z2x3c4v 1z2x3c4v5b 222222 232323 23skidoo 252525 2wsx3edc 2wsxzaq1 333333 3edc4rfv 444444
    44magnum 4rfv3edc 555555 5tgb6yhn 654321 67camaro 68camaro 777777 7777777 789456 789456123 87654321
    888888 88888888 911turbo 987654321 999999 a123456 a1234567 a12345678 a123456789 a123456a a1a2a3a4
    a1a2a3a4a5 a1b2c3 a1b2c3d4 a1b2c3d4e5 a1s2d3f4 a1s2d3f4g5 aa123456 aaaa1111 aaaaaa aaaaaaa1 aaaaaaaa
    abc123 abc12345 abc123456 abc123abc abc@1234 abcd abcd1234 abcd@1234 abcde12345 abcdef abcdef123 abcdefg
    abcdefg1 abcdefg123 abcdefgh abigail1 access14 access99 account1 admin admin123 admin1234 admin@123
    administrator administrator1 agent007 alabama1 alex1234 alexander1 allison1 alpha123 amanda america1
    andrew andrew12 angel angel123 angels anthony anthony1 anthony2 anthony7 antonio1 apollo11 apollo13
    apple123 arizona1 arsenal arsenal1 arsenal123 as123456 asd123 asd12345 asd123456 asd123asd asdasd123
    asdf1234 asdfasdf asdfg123 asdfg12345 asdfgh asdfgh01 asdfghjkl asdqwe123 ashley atlanta1 austin31
    austin316 autumn awesome1 babylon5 banana barbara1 barcelona basebal1 baseball baseball1 baseball123
    basketball batman batman12 beatles1 beckham7 bigfoot1 birthday1 birthday4 black123 blackie1 blaster1
    blessed blessed1 blessed123 blink182 blondie1 blue1234 boris123 boscoe01 bradley1 brandon1 brian123
    brianna1 broncos1 brother1 bruno123 bubba123 bubbles1 buckeye1 buddy123 buffalo1 bulldog1 buster
    buster01 buster12 butterfly camelot1 cameron1 cantona7 capital1 captain1 cartman1 cbr600rr cbr900rr
    changeme changeme1 changeme123 charles1 charles2 charlie charlie1 charlie123 charlie2 charlie3 cheese
    chelsea chelsea1 chelsea123 chester1 chevys10 chicago1 chicken1 chickenwing101 chipper1 chocolate
    chocolate1 chopper1 chris123 chrissy1 christ christy1 church church123 church1234 classic1 claudia1
    cobra427 computer computer1 computer123 contrasena control1 cookie corvet07 corvette cowboys1 cricket1
    crimson1 crystal1 cynthia1 dallas22 damage11 daniel daniel12 david123 deborah1 default default1 derrick1
    destiny1 detroit1 diamond diamond1 digital1 dilbert1 dima1995 dodgers1 dolphin1 douglas1 dragon dragon01
    dragon11 dragon12 dragon123 dragon13 dragon88 dragon99 dreamer1 drummer1 ducati99 eclipse1 element1
    eleven11 elizabeth elvis123 emmitt22 england1 enter123 everton1 express1 f00tball f15eagle facebook
    facebook1 facebook123 faith family fantasy1 father favorite2 favorite6 favorite7 favorite8 ferrari
    ferrari1 fireman1 fishing1 flipper1 florida1 flower flowers1 flyers88 footbal1 football football1
    football12 football123 fordf150 fordf250 fordf350 forever forever1 formula1 francis1 frank123 frankie1
    fred1234 freedom freedom1 freedom2 friday friday13 friends friends1 front242 g_czechout gabriel1
    gandalf1 gateway1 gateway2 general1 genesis genesis1 georgia1 germany1 gfhjkm12 gfhjkm123 ghbdtn12
    ghbdtn123 ginger gizmodo1 godisgood godisgood1 golden golfing1 google gordon24 grace green123 gregory1
    guest gwerty123 hallelujah hallo123 hannah happy123 harley hawaii50 hawkeye1 heather1 heather2 heaven
    hello hello1 hello123 hello1234 hello12345 hendrix1 hershey1 hitman47 hockey holiday1 homer123 houston1
    hunter hunter12 huskers1 iloveyou iloveyou1 iloveyou123 iloveyou2 ilya1234 ilya1992 india123 india@123
    indiana1 indya123 internet internet1 internet123 ireland1 ironman1 iverson3 jackson1 jackson5 jamaica1
    james007 james123 january january1 jasmine jasmine1 jason123 jbond007 jeffrey1 jennifer jennifer1
    jessica jessica1 jessica2 jesus jesus123 jesus1234 jesus777 jesuschrist jesuslovesme1 jimmy123 john316
    john3:16 johnson1 jordan jordan23 joshua joshua12 jupiter1 jupiter2 just4fun justice1 justin12 katrina1
    kenneth1 kevin123 kitty123 knight kristen1 kristin1 lakers24 lebron23 left4dead letmein letmein1
    letmein123 letmein2 letmein22 liberty1 lincoln1 lindsay1 lindsey1 lineage2 liverpool liverpool1
    liverpool123 login lol12345 london lotus123 love1234 love1314 lovely loveme89 loveyou loveyou1 loveyou2
    lucas123 lucky123 lucky777 madison1 madonna1 magic123 malcolm1 manager1 marines1 marino13 master
    master01 master11 master12 master123 master1234 matrix matthew matthew1 matthew2 maverick maximus1
    maxwell1 mazda323 mazda626 mazdarx7 melanie1 melissa1 mercedes mercury1 merlin metallica1 michael
    michael1 michael2 michael3 michael8 michael9 michele1 michelle michelle1 mike1234 million1 minecraft
    minecraft1 minecraft123 miranda1 mnbvcxz1 molly123 monday money123 monique1 monkey monkey11 monkey12
    monkey123 monster1 montana1 motdepasse mother mounta1n music123 mustang mustang0 mustang1 mustang2
    mustang3 mustang5 mustang6 mustang8 mustang9 myspace1 nancy123 naruto naruto123 nascar24 natalie1
    natasha1 ncc1701a ncc1701d ncc1701e ncc74656 nemesis1 network1 newpass1 newpass6 newport1 newyork1
    nicole nirvana1 nokia123 nokia3250 nokia5130 nokia5230 nokia5530 nokia5800 nokia6233 nokia6300 nokian70
    nokian73 noname123 nothing1 october1 october2 open1234 orange orange12 orlando1 oscar123 p0o9i8u7
    p455w0rd p4ssw0rd p@ssw0rd p@ssword1 pa55w0rd pa55word packard1 packers1 paladin1 pandora1 pantera1
    panther1 parola pass pass@123 pass@word1 passion1 passw0rd passw0rd1 passwd passwd123 passwor1 password
    password01 password1 password11 password12 password123 password12345 password123456 password2 password3
    password9 password99 password@1 password@123 passwort patches1 patrick1 payton34 peaches1 pegasus1
    penguin1 pentium4 pepper pepsi123 perfect1 phantom1 phillip1 phoenix phoenix1 phoenix2 pi314159 pioneer1
    pippen33 pokemon pokemon1 pokemon12 pokemon123 pontiac1 popcorn1 porsche porsche1 porsche9 porsche911
    power123 prelude1 princess princess1 princess123 private1 psalm23 pumpkin1 purple pyramid1 q123456789
    q1q2q3q4 q1q2q3q4q5 q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 q1w2e3r4t5y6u7 q2w3e4r5 qaz12345 qaz123wsx qazwsx
    qazwsx12 qazwsx123 qazwsxedc qazwsxedc1 qazwsxedc123 qazxsw12 qazxsw123 qq123456 qqqq1111 qw123456
    qwaszx12 qwe123 qwe123456 qwe123qwe qweasd123 qweasdzxc123 qweqwe123 qwer qwer1234 qwert qwert123
    qwert12345 qwerty qwerty1 qwerty1! qwerty11 qwerty12 qwerty123 qwerty123! qwerty1234 qwerty12345
    qwerty123456 qwerty123? qwerty13 qwerty1? qwerty2020 qwerty77 qwerty777 qwerty78 qwerty99 qwertyuiop
    r2d2c3p0 r2d2c3po r4e3w2q1 raiders1 rainbow rainbow1 rainbow6 ranger rangers1 raymond1 rebecca1 red12345
    redhead1 redneck1 redwing1 revival47 richard1 robert roberto1 rocky123 ronaldo7 rooster1 root root1234
    rosebud1 rush2112 russell1 russian7 saab9000 sabrina1 samantha samantha1 sammy123 sampson1 samsung
    samsung1 samsung123 sandman1 sarah123 sasha123 sasha_007 savior scooter1 scorpio1 scruffy1 seattle1
    secret secret123 secret1234 senha service1 sevenof9 shadow shadow01 shadow11 shadow12 shadow13 shalom
    shannon1 shooter1 silver simpson1 sk8ordie skeeter1 skipper1 skyline1 smoke420 snowman1 soccer soccer10
    soccer11 soccer12 soccer13 sooners1 spartan spartan1 spartan117 special1 spencer1 spiderman1 spring
    spring2020 stanley1 start123 starwars starwars1 stephen1 steve123 stewart1 stinger1 strange1 sublime1
    success1 summer summer01 summer12 summer2020 summer99 sunday sunshine sunshine1 sunshine123 super123
    superman superman1 superman123 target123 teacher1 temp12345 test test1234 test12345 test@123 testing
    testing1 thelast1 therock1 thomas thomas12 thumper1 thunder thunder1 tiffany1 tiger123 tigger tigger01
    tigger12 timothy1 titanic1 toshiba1 trader12 trinity trinity1 tristan1 trojans1 trooper1 trouble1
    trucker1 trumpet1 trustn01 trustno1 trustno1! unicorn1 user user1234 usmc0311 vampire1 vanessa1 vegas123
    victoria victory1 vikings1 vincent1 viper123 vlad1996 voyager1 warcraft1 warcraft3 warrior warrior1
    welcome welcome01 welcome1 welcome123 welcome1234 welcome2 welcome@123 westham1 whatever whatever1
    wildcat1 william william1 william2 windows1 winston1 winter winter12 winter2020 winter99 woaini1314
    woaini520 yamaha yamahar1 yamahar6 yankees1 yankees2 year2005 yellow z1x2c3v4 z1x2c3v4b5 zachary1
    zag12wsx zaq12345 zaq12wsx zaq1@wsx zaq1xsw2 zaq1xsw2cde3 zaq1zaq1 zxasqw12 zxc123 zxc123456
    zxcasdqwe123 zxcv1234 zxcvb123 zxcvb12345 zxcvbnm zxcvbnm1 zxcvbnm123
    """
}
