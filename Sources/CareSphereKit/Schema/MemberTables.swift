extension Schema {
  /// `row_id` ties the search index to its row, also across VACUUM. `name_key` is the name as it is
  /// compared and sorted: last and first, case folded, with U+0001 between. `phone_digits` is the
  /// phone as it is compared. `revision` counts changes, so that a batch can be taken back without
  /// touching what was changed since. The checks are not written with IN: SQLite makes a table of more
  /// than two choices, which for every row that is added takes as long as the row itself. References are
  /// checked at the end of the transaction, because a statement that adds several rows could otherwise
  /// fail half-way (see `NewMember.insertSQL`).
  static let memberTables = """
    CREATE TABLE members (
      row_id INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      user_id TEXT REFERENCES users(id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
      external_id TEXT,
      first_name TEXT NOT NULL,
      last_name TEXT NOT NULL,
      email TEXT,
      phone TEXT,
      phone_digits TEXT GENERATED ALWAYS AS (replace(replace(replace(replace(replace(replace(replace(
        phone, ' ', ''), '-', ''), '(', ''), ')', ''), '.', ''), '/', ''), '+', '')) VIRTUAL,
      date_of_birth TEXT,
      gender TEXT CHECK (gender = 'male' OR gender = 'female' OR gender = 'other'
        OR gender = 'prefer_not_to_say'),
      address TEXT,
      city TEXT,
      state TEXT,
      zip_code TEXT,
      country TEXT,
      member_status TEXT NOT NULL DEFAULT 'active'
        CHECK (member_status = 'active' OR member_status = 'inactive' OR member_status = 'pending'
          OR member_status = 'archived'),
      membership_type TEXT,
      join_date TEXT,
      photo_url TEXT,
      notes TEXT,
      tags TEXT NOT NULL DEFAULT '[]',
      custom_fields TEXT NOT NULL DEFAULT '{}',
      name_key TEXT NOT NULL,
      revision INTEGER NOT NULL DEFAULT 1,
      import_batch_id TEXT,
      created_by TEXT REFERENCES users(id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX members_external_id ON members(external_id) WHERE external_id IS NOT NULL;
    CREATE INDEX members_email ON members(email COLLATE NOCASE) WHERE email IS NOT NULL;
    CREATE INDEX members_phone ON members(phone_digits) WHERE phone_digits IS NOT NULL;
    CREATE INDEX members_name ON members(name_key, date_of_birth);
    CREATE INDEX members_status ON members(member_status);
    CREATE INDEX members_created ON members(created_at);
    CREATE INDEX members_user ON members(user_id) WHERE user_id IS NOT NULL;

    CREATE TABLE member_consents (
      member_id TEXT NOT NULL REFERENCES members(id) ON DELETE CASCADE,
      channel TEXT NOT NULL CHECK (channel IN ('email', 'sms', 'push')),
      state TEXT NOT NULL CHECK (state IN ('in', 'out')),
      reason TEXT,
      source TEXT NOT NULL,
      at TEXT NOT NULL,
      PRIMARY KEY (member_id, channel)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE member_notes (
      id TEXT PRIMARY KEY NOT NULL,
      member_id TEXT NOT NULL REFERENCES members(id) ON DELETE CASCADE,
      note TEXT NOT NULL,
      note_type TEXT,
      is_private INTEGER NOT NULL DEFAULT 0 CHECK (is_private IN (0, 1)),
      created_by TEXT REFERENCES users(id) ON DELETE SET NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX member_notes_member ON member_notes(member_id);
    CREATE INDEX member_notes_created ON member_notes(created_at);

    CREATE TABLE member_activities (
      id TEXT PRIMARY KEY NOT NULL,
      member_id TEXT NOT NULL REFERENCES members(id) ON DELETE CASCADE,
      activity_type TEXT NOT NULL,
      description TEXT,
      metadata TEXT,
      created_by TEXT REFERENCES users(id) ON DELETE SET NULL,
      created_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX member_activities_member ON member_activities(member_id, created_at);
    CREATE INDEX member_activities_type ON member_activities(activity_type);
    CREATE INDEX member_activities_created ON member_activities(created_at);

    """

  /// Names and e-mail, word by word, without accents and case. Searches never rank, so the sizes that
  /// ranking needs are not kept (`columnsize=0`).
  static let memberSearch = """
    \(memberSearchTable);
    \(memberSearchInsertion)
    CREATE TRIGGER members_search_delete AFTER DELETE ON members BEGIN
      INSERT INTO member_search(member_search, rowid, first_name, last_name, email)
      VALUES ('delete', old.row_id, old.first_name, old.last_name, old.email);
    END;
    CREATE TRIGGER members_search_update AFTER UPDATE OF first_name, last_name, email ON members
    WHEN old.first_name IS NOT new.first_name OR old.last_name IS NOT new.last_name
      OR old.email IS NOT new.email
    BEGIN
      INSERT INTO member_search(member_search, rowid, first_name, last_name, email)
      VALUES ('delete', old.row_id, old.first_name, old.last_name, old.email);
      INSERT INTO member_search(rowid, first_name, last_name, email)
      VALUES (new.row_id, new.first_name, new.last_name, new.email);
    END;

    """

  /// Apart from the rest, because `check` holds the index against another that is made the same way.
  static let memberSearchTable = """
    CREATE VIRTUAL TABLE member_search USING fts5(
      first_name, last_name, email, content='members', content_rowid='row_id', columnsize=0,
      tokenize="unicode61 remove_diacritics 2")
    """

  /// Apart from the rest, because `MemberSearchIndex` takes it away for the length of an import.
  static let memberSearchInsertion = """
    CREATE TRIGGER members_search_insert AFTER INSERT ON members BEGIN
      INSERT INTO member_search(rowid, first_name, last_name, email)
      VALUES (new.row_id, new.first_name, new.last_name, new.email);
    END;
    """
}
