extension Schema {
  /// `content` and `subject` are Mustache; `body_format` says whether values are escaped for HTML.
  static let templateTables = """
    CREATE TABLE templates (
      id TEXT PRIMARY KEY NOT NULL,
      name TEXT NOT NULL,
      name_key TEXT NOT NULL UNIQUE,
      description TEXT,
      template_type TEXT NOT NULL DEFAULT 'email'
        CHECK (template_type IN ('email', 'sms', 'push', 'whatsapp')),
      category TEXT,
      subject TEXT,
      content TEXT NOT NULL,
      body_format TEXT NOT NULL DEFAULT 'text' CHECK (body_format IN ('text', 'html', 'markdown')),
      variables TEXT NOT NULL DEFAULT '[]',
      thumbnail_url TEXT,
      is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
      usage_count INTEGER NOT NULL DEFAULT 0,
      created_by TEXT REFERENCES users(id) ON DELETE SET NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX templates_type ON templates(template_type);

    """
}
