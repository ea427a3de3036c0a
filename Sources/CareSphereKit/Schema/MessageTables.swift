extension Schema {
  /// A message's texts are the API design's; `audience`, `settings` and `partials` are JSON: to whom it goes, what
  /// `--set` gave, and, once it is sent, the partials as they then were, so that a template that is changed later
  /// changes nothing that is under way. The counters follow in the transaction that changes a recipient: sent,
  /// delivered, opened and clicked count the recipients that have that time, failed, skipped, held and pending
  /// those with that status, `recipient_count` all but the skipped.
  static let messageTables = """
    CREATE TABLE messages (
      id TEXT PRIMARY KEY NOT NULL,
      title TEXT NOT NULL,
      subject TEXT,
      content TEXT NOT NULL,
      message_type TEXT NOT NULL DEFAULT 'email'
        CHECK (message_type IN ('email', 'sms', 'push', 'in_app', 'whatsapp')),
      body_format TEXT NOT NULL DEFAULT 'text' CHECK (body_format IN ('text', 'html', 'markdown')),
      status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'scheduled', 'sending', 'sent', 'failed')),
      scheduled_for TEXT,
      expires_at TEXT,
      sent_at TEXT,
      per_member INTEGER NOT NULL DEFAULT 0 CHECK (per_member IN (0, 1)),
      audience TEXT NOT NULL DEFAULT '{}',
      settings TEXT NOT NULL DEFAULT '{}',
      variables TEXT NOT NULL DEFAULT '[]',
      partials TEXT,
      recipient_count INTEGER NOT NULL DEFAULT 0,
      skipped_count INTEGER NOT NULL DEFAULT 0,
      pending_count INTEGER NOT NULL DEFAULT 0,
      held_count INTEGER NOT NULL DEFAULT 0,
      sent_count INTEGER NOT NULL DEFAULT 0,
      delivered_count INTEGER NOT NULL DEFAULT 0,
      opened_count INTEGER NOT NULL DEFAULT 0,
      clicked_count INTEGER NOT NULL DEFAULT 0,
      failed_count INTEGER NOT NULL DEFAULT 0,
      estimated_cost INTEGER,
      currency TEXT,
      template_id TEXT REFERENCES templates(id) ON DELETE SET NULL,
      is_automatic INTEGER NOT NULL DEFAULT 0 CHECK (is_automatic IN (0, 1)),
      created_by TEXT REFERENCES users(id) ON DELETE SET NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX messages_status ON messages(status, scheduled_for);
    CREATE INDEX messages_created ON messages(created_at);
    CREATE INDEX messages_template ON messages(template_id) WHERE template_id IS NOT NULL;

    CREATE TABLE message_recipients (
      row_id INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      message_id TEXT NOT NULL REFERENCES messages(id) ON DELETE CASCADE,
      member_id TEXT NOT NULL REFERENCES members(id) ON DELETE CASCADE,
      recipient_email TEXT,
      recipient_phone TEXT,
      status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'sent', 'delivered', 'opened',
        'clicked', 'failed', 'skipped', 'held')),
      sent_at TEXT,
      delivered_at TEXT,
      opened_at TEXT,
      clicked_at TEXT,
      error_message TEXT,
      metadata TEXT,
      attempts INTEGER NOT NULL DEFAULT 0,
      first_attempt_at TEXT,
      next_attempt_at TEXT,
      claimed_at TEXT,
      provider_id TEXT,
      UNIQUE (message_id, member_id)
    ) STRICT;
    CREATE INDEX message_recipients_member ON message_recipients(member_id);
    CREATE INDEX message_recipients_email ON message_recipients(recipient_email COLLATE NOCASE)
      WHERE recipient_email IS NOT NULL;
    CREATE INDEX message_recipients_provider ON message_recipients(provider_id) WHERE provider_id IS NOT NULL;
    CREATE INDEX message_recipients_queue ON message_recipients(message_id, next_attempt_at)
      WHERE status = 'pending';

    """

  /// What providers tell of what was sent. An event counts once: by the provider's id of it, or without one by
  /// who, what, when and which link.
  static let messageEventTables = """
    CREATE TABLE message_events (
      row_id INTEGER PRIMARY KEY,
      recipient_id TEXT NOT NULL REFERENCES message_recipients(id) ON DELETE CASCADE,
      message_id TEXT NOT NULL,
      event TEXT NOT NULL CHECK (event IN ('delivered', 'opened', 'clicked', 'soft_bounced', 'hard_bounced',
        'complained', 'unsubscribed')),
      at TEXT NOT NULL,
      url TEXT,
      event_id TEXT,
      detail TEXT
    ) STRICT;
    CREATE UNIQUE INDEX message_events_id ON message_events(event_id) WHERE event_id IS NOT NULL;
    CREATE UNIQUE INDEX message_events_same ON message_events(recipient_id, event, at, coalesce(url, ''))
      WHERE event_id IS NULL;
    CREATE INDEX message_events_recipient ON message_events(recipient_id);
    CREATE INDEX message_events_message ON message_events(message_id, event, at);

    """

  /// The codes by which users prove that an address is theirs, as digests.
  static let verificationTables = """
    CREATE TABLE email_verifications (
      user_id TEXT PRIMARY KEY NOT NULL REFERENCES users(id) ON DELETE CASCADE,
      email TEXT NOT NULL,
      code_digest TEXT NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      expires_at TEXT NOT NULL,
      created_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    """
}
