/// The people who work with caresphere, their logins, and the tokens of programs that stand in for them.
enum UserNoun {
  static let noun = Noun(
    "user", "Say who works with the database, and as what",
    discussion: """
      A user has one of three roles. An admin may do everything. A moderator may do everything to members, \
      groups, notes, templates, messages and rules but delete them. A member reads. Private notes are shown \
      to their author and to admins.

      A login lasts for 7 days from the password; the file that keeps it, below \
      $XDG_STATE_HOME/caresphere, is renewed without a word once a day and is refused unless it is its \
      owner's alone. Programs such as cron log in with a service token and --token-file.

      Roles bind whoever goes through caresphere. Whoever can read the database file can read all that is in \
      it, and whoever can write it is an admin. Staff who must not be either get no access to the file, but a \
      system user that owns it and a rule of sudo:

        useradd --system --create-home --home-dir /var/lib/caresphere caresphere
        echo '%office ALL=(caresphere) NOPASSWD: /usr/local/bin/caresphere' > /etc/sudoers.d/caresphere
        sudo -H -u caresphere caresphere user login eve@example.org

      Each person who works that way has a login of their own. Files are then redirected (`- < FILE`, \
      `> FILE`), not named, and there is no pager: the program would open them with rights that the person \
      lacks.
      """,
    verbs: [
      UserAdd.command, UserLogin.command, UserLogout.command, UserRefresh.command, UserWhoami.command,
      UserList.command, UserShow.command, UserUpdate.command, UserDelete.command, UserPasswd.command,
      UserVerify.command, UserInbox.command, UserToken.command, UserTokens.command, UserRevoke.command,
    ])
}
