"""What the same work is for the `sqlite3` shell: the statements that are measured against ours."""

import datetime

# The shell gets the page cache that our import has, so that the comparison is of the work alone.
CACHE_KIBIBYTES = 131072

# Our columns, each with what makes it of a row of the file.
COLUMNS = {
    "id": "printf('%08x-%04x-7000-8000-%012x', 420000000 + rowid / 65536, rowid % 65536, rowid)",
    "first_name": "trim(firstName)",
    "last_name": "trim(lastName)",
    "email": "nullif(trim(email), '')",
    "phone": "nullif(trim(phone), '')",
    "date_of_birth": "nullif(dateOfBirth, '')",
    "gender": "nullif(gender, '')",
    "address": "nullif(trim(address), '')",
    "city": "nullif(trim(city), '')",
    "state": "nullif(trim(state), '')",
    "zip_code": "nullif(trim(zipCode), '')",
    "country": "nullif(trim(country), '')",
    "member_status": "memberStatus",
    "membership_type": "nullif(membershipType, '')",
    "join_date": "nullif(joinDate, '')",
    "notes": "nullif(notes, '')",
    "tags": "CASE tags WHEN '' THEN '[]' ELSE '[\"' || replace(tags, ';', '\",\"') || '\"]' END",
    "custom_fields": """CASE
        WHEN "custom.baptismDate" = '' AND "custom.ministry" = '' THEN '{}'
        WHEN "custom.ministry" = '' THEN json_object('baptismDate', "custom.baptismDate")
        WHEN "custom.baptismDate" = '' THEN json_object('ministry', "custom.ministry")
        ELSE json_object('baptismDate', "custom.baptismDate", 'ministry', "custom.ministry") END""",
    "name_key": "lower(lastName) || char(1) || lower(firstName)",
    "import_batch_id": "'01900000-0000-7000-8000-000000000000'",
    "created_by": "(SELECT id FROM users)",
    "created_at": "'2025-11-13T10:30:00Z'",
    "updated_at": "'2025-11-13T10:30:00Z'",
}


def import_commands(database, file, cache=CACHE_KIBIBYTES):
    """The shell's arguments that import `file` into the tables of `database`."""
    names = ", ".join(COLUMNS)
    values = ",\n".join(COLUMNS.values())
    return [
        "-batch", "-bail", database,
        f"PRAGMA cache_size = -{cache}",
        f".import --csv --schema temp {file} incoming",
        f"BEGIN IMMEDIATE; INSERT INTO members ({names}) SELECT {values} FROM temp.incoming; COMMIT",
    ]


def queueing_commands(database, source, cache=CACHE_KIBIBYTES):
    """The shell's arguments that copy the recipients of `source`."""
    columns = "row_id, id, message_id, member_id, recipient_email, status, error_message, next_attempt_at"
    return [
        "-batch", "-bail", database,
        f"PRAGMA cache_size = -{cache}",
        f"ATTACH '{source}' AS done",
        f"BEGIN IMMEDIATE; INSERT INTO message_recipients ({columns}) "
        f"SELECT {columns} FROM done.message_recipients ORDER BY row_id; COMMIT",
    ]


RECIPIENTS = """
SELECT id, member_id, recipient_email, status, error_message, next_attempt_at FROM message_recipients ORDER BY row_id
"""


EXPORT = """
SELECT m.id, external_id AS externalId, first_name AS firstName, last_name AS lastName, email, phone,
  date_of_birth AS dateOfBirth, gender, address, city, state, zip_code AS zipCode, country,
  member_status AS memberStatus, membership_type AS membershipType, join_date AS joinDate,
  photo_url AS photoUrl, notes, tags, g.names AS groups, o.channels AS optOuts,
  custom_fields AS customFields, created_at AS createdAt, updated_at AS updatedAt
FROM members m
LEFT JOIN (SELECT member_id, group_concat(g.name, ';') AS names FROM member_group_assignments
  JOIN member_groups g ON g.id = group_id GROUP BY member_id) g ON g.member_id = m.id
LEFT JOIN (SELECT member_id, group_concat(channel, ';') AS channels FROM member_consents
  WHERE state = 'out' GROUP BY member_id) o ON o.member_id = m.id
ORDER BY row_id
"""


def show(email):
    return f"SELECT * FROM members WHERE email = '{email}' COLLATE NOCASE"


def search(words):
    match = " ".join(f'"{word}"*' for word in words.split())
    return (
        "SELECT m.id FROM member_search s JOIN members m ON m.row_id = s.rowid"
        f" WHERE member_search MATCH '{match}' ORDER BY m.name_key, m.id"
    )


def count(today=None):
    """Active people of 18 and more with a tag: the forms that somebody might write, the fastest counts."""
    today = today or datetime.date.today()
    born = f"{today.year - 18:04d}-{today.month:02d}-{today.day:02d}"
    where = f"member_status = 'active' AND date_of_birth <= '{born}' AND date_of_birth > '0'"
    return [
        f"SELECT count(*) FROM members WHERE {where} AND {tag}"
        for tag in (
            "instr(tags, '\"volunteer\"')",
            "tags LIKE '%\"volunteer\"%'",
            "EXISTS (SELECT 1 FROM json_each(tags) WHERE value = 'volunteer')",
        )
    ]
