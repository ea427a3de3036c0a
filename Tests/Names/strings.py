"""Names that people have, and texts that programs trip over: what has to pass through as it is."""

# One or more of each script that people write their names in.
SCRIPTS = [
    "Zo\u00eb M\u00fcller-\u0141uk\u0105szewicz", "Zoe\u0308 \u00c5ngstro\u0308m", "Nguy\u1ec5n Th\u1ecb \u00c1nh",
    "\u1ecc\u0300l\u00e1t\u00fanj\u00ed \u1e62\u1eb9\u0301gun", "\u0130pek I\u015f\u0131k \u0131\u0307", "Gro\u00dfe \u1e9e \ufb01ne",
    "\u0393\u03b9\u03ce\u03c1\u03b3\u03bf\u03c2 \u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "\u042e\u043b\u0438\u044f \u0429\u0435\u0440\u0431\u0430\u043a\u043e\u0432\u0430-\u0401\u0436",
    "\u0531\u0580\u0561\u0574 \u053d\u0561\u0579\u0561\u057f\u0580\u0575\u0561\u0576", "\u10db\u10d0\u10e0\u10d8\u10d0\u10db \u10ef\u10d0\u10e4\u10d0\u10e0\u10d8\u10eb\u10d4",
    "\u0645\u064f\u062d\u064e\u0645\u064e\u0651\u062f \u0639\u0628\u062f \u0627\u0644\u0631\u062d\u0645\u0670\u0646", "\u0646\u0633\u062a\u0639\u0644\u06cc\u0642 \u06af\u0644\u200c\u0646\u0627\u0631",
    "\u05e9\u05b8\u05c2\u05e8\u05b8\u05d4 \u05d1\u05b7\u05bc\u05ea \u05d3\u05d5\u05d3", "\u0926\u0947\u0935\u0928\u093e\u0917\u0930\u0940 \u0915\u094d\u0937\u093f\u0924\u093f\u091c",
    "\u0985\u09a8\u09bf\u09b0\u09cd\u09ac\u09be\u09a3", "\u0a17\u0a41\u0a30\u0a2e\u0a40\u0a24", "\u0b95\u0bcd\u0bb7\u0bc7\u0bae\u0bbe \u0bb8\u0bcd\u0bb0\u0bc0",
    "\u0c15\u0c4d\u0c37\u0c2e", "\u0d2e\u0d32\u0d2f\u0d3e\u0d33\u0d02", "\u0dc1\u0dca\u200d\u0dbb\u0dd3", "\u0e2a\u0e21\u0e0a\u0e32\u0e22 \u0e01\u0e33\u0e41\u0e1e\u0e07",
    "\u0eaa\u0ebb\u0ea1\u0eab\u0ea7\u0eb1\u0e87", "\u179f\u17bb\u1781\u17b6 \u1780\u17d2\u1798\u17c2\u179a", "\u1019\u103c\u1014\u103a\u1019\u102c", "\u12a0\u1260\u1260 \u1262\u1242\u120b",
    "\u0f56\u0f66\u0f7c\u0f51\u0f0b\u0f53\u0f58\u0f66\u0f0b", "\u1824\u1829\u182d\u1824\u1828", "\u738b\u5c0f\u660e \U00020bb7\U0002a6a5", "\u9673\u5fd7\u7389", "\u5c71\u7530 \u30cf\u30ca\u30b3 \uff8a\uff9e",
    "\uae40\ubbfc\uc900 \u1100\u1161\u11a8", "\u13e3\u13b3\u13a9 \uab6d", "\u1403\u14c4\u1483\u144e\u1450", "\u07d2\u07de\u07cf \u07e3\u07ca", "\U0001e900\U0001e932\U0001e924\U0001e931",
    "\u2d30\u2d4e\u2d30\u2d63\u2d49\u2d56", "\u1681\u168b\u1685", "\U00010330\U0001d11e\U0001d4d0",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 \U0001f44d\U0001f3fd \U0001f1f3\U0001f1ec \U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "Z\u0351\u036b\u0343a\u0316\u0317\u0318\u0319l\u031c\u031d\u031e\u031fg\u0323\u0324\u0325o\u0300\u0301\u0302\u0303\u0304",
]

# What is not seen, or turns what is seen around.
UNSEEN = [
    "a\u202eb\u202cc", "\u2066x\u2069 \u200fy\u200e", "a\u200bb\u2060c\u00add", "a\ufeffb", "x\u00a0y\u2003z", "\ufffd", "a\ufffeb\uffff",
    "a\U0001ffffb\ufdd0", "a\x01\x1b[31mred\x1b[0m\x07\x7f\x85b", "a\tb", "two\nlines", "two\r\nlines", "two\rlines",
    "a\u2028b\u2029c", "\u0301starts with a mark", "a\x0bb\x0cc", "\\ud83d\\ude00 \\u0000 \\x00 %00 &#0;",
]

# What is a command, a value or a sign to some program or other.
SIGNS = [
    "O'Brien \"the\" `x`", "a,b;c|d:e/f\\g", "%s%n%d %1$s", "${HOME} $(id) `id` $PATH", "'; DROP TABLE members;--", "\" OR 1=1 --",
    "=1+1", "+1-2", "-1+2", "@SUM(A1)", "'=1+1", "'", "''", "\"", "\"\"", "'quoted'", "=cmd|' /C calc'!A0", "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>", "&amp; &lt; & <", "]]><!--", "{{firstName}} {{{x}}} {{#y}}", "{% x %} <%= y %> #{z} ${7*7}", "*|FNAME|*",
    "null", "NULL", "nil", "None", "undefined", "true", "false", "0", "-0", "1", "1e999", "NaN", "Infinity", "0x1F", "007", "1,000.50",
    "2025-02-30", "13/13/2013", "../../../etc/passwd", "/dev/null", "C:\\CON\\nul.txt", "CON", "file:///etc/passwd", "https://a.example/?b=c&d#e",
    "javascript:alert(1)", "--first-name", "-", "--", "@file", "~", "*", "?", ".", "..", "#", "# comment", "//", "/* */", "[]", "{}", "[1,{\"a\":null}]",
    "BEGIN:VCARD", "END:VCARD", "N:x;y", "a\\nb\\,c\\;d\\\\", "=?utf-8?q?x?=", "a@example.org, b@example.org", "Bcc: x@example.org", ".\n.\r\n",
    "From x", "sep=;", "firstName", "and", "not (a = b)", "W" * 100, "\u00e9" * 100,
]

ALL = SCRIPTS + UNSEEN + SIGNS
