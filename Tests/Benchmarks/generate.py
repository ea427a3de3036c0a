#!/usr/bin/env python3
"""Writes a CSV file of plausible members, the same for the same number and seed.

    generate.py ROWS FILE [--seed N]

Names come from several languages, some with accents, combining marks and other scripts. About 85 in
100 people have an e-mail address, all of them different and on reserved domains; the others have a
phone number only. Some notes have quotes and line ends, some birthdays have no year.
"""

import argparse
import csv
import random

GIVEN = (
    "Ana José María Zoë François Björn Łukasz Siobhán Jürgen Grace Samuel Ruth Esther Daniel Michael "
    "Elizabeth Thomas Joseph Mary Peter Adéyẹmí Olúwáṣeun Ṣadé Bísí Túndé Fọláṣadé Ayọ̀délé Chidi Ngozi "
    "Emeka Amina Fatou Kwame Wanjiru Tendai Дмитрий Анна Сергей Ольга Мария Γιώργος Ελένη 伟 芳 秀英 太郎 "
    "花子 さくら 민준 서연 Nguyễn Thị Priya Arjun अनिल محمد فاطمة דוד מרים"
).split()
FAMILY = (
    "Silva García Müller O'Connor Núñez Dvořák Kowalski Østergaard Nguyễn Johnson Williams Brown Jones "
    "Davis Miller Adébáyọ̀ Okafor Ọláòlúwa Eze Mensah Diallo Achieng Mwangi Moyo Иванов Петрова Соколов "
    "Παπαδόπουλος 王 李 陈 山田 佐藤 김 박 Patel Raman शर्मा الحسن כהן Lindqvist D'Souza Saint-Pierre MacDonald"
).split() + ["van Dijk", "de la Cruz", "Ní Bhriain", "Le Goff"]
CITIES = [
    ("Lagos", "LA", "100001", "Nigeria"), ("Springfield", "IL", "62701", "United States"),
    ("New York", "NY", "00501", "United States"), ("São Paulo", "SP", "01001-000", "Brazil"),
    ("Nairobi", "", "00100", "Kenya"), ("Accra", "", "", "Ghana"), ("München", "BY", "80331", "Germany"),
    ("Łódź", "", "90-001", "Poland"), ("Київ", "", "01001", "Ukraine"), ("東京", "", "100-0001", "Japan"),
    ("Galway", "", "H91 T8PY", "Ireland"), ("Manila", "", "1000", "Philippines"),
]
STREETS = ["Palm Street", "Unity Road", "Rue de l'Église", "Lindenweg", "High Street", "Avenida Paulista"]
TAGS = ["choir", "elders", "media", "newcomer", "prayer", "ushers", "volunteer", "youth"]
STATUSES = ["active"] * 8 + ["inactive"] * 2 + ["pending", "archived"]
GENDERS = ["male", "female", "male", "female", "male", "female", "other", "prefer_not_to_say", ""]
TYPES = ["full", "full", "full", "guest", "youth", "child", "elder", ""]
DOMAINS = ["example.org", "example.com", "example.net", "grace.example", "post.example"]
MINISTRIES = ["", "", "", "hospitality", "worship", "outreach"]
NOTES = [
    "Prefers to be called in the evening",
    'Known to all as "Charlie"',
    "Sings, plays the organ; reads music",
    "Asked for a visit.\nLives on the second floor,\nthe bell says \"Back door\"",
    "Moved here from abroad",
]
HEADINGS = (
    "firstName lastName email phone dateOfBirth gender address city state zipCode country memberStatus "
    "membershipType joinDate notes tags custom.baptismDate custom.ministry"
).split()


def people(rows, seed):
    """Yields `rows` lists of cells, one for each heading."""
    chance = random.Random(seed).random

    def pick(choices):
        return choices[int(chance() * len(choices))]

    def day(first, last):
        return f"{int(first + chance() * (last - first)):04d}-{1 + int(chance() * 12):02d}-{1 + int(chance() * 28):02d}"

    # Every combination of tags is written once, in the order that an export has.
    combinations = [";".join(t for i, t in enumerate(TAGS) if mask >> i & 1) for mask in range(256)]
    combinations = [c for c in combinations if c.count(";") < 3]
    for number in range(rows):
        born = day(1930, 2024) if chance() < 0.9 else ""
        if born and chance() < 0.05:
            born = "-" + born[4:]
        city, state, postcode, country = pick(CITIES)
        has_email = chance() < 0.85
        yield [
            pick(GIVEN),
            pick(FAMILY),
            f"member{number:07d}@{pick(DOMAINS)}" if has_email else "",
            f"+1 555 {number // 10000:03d} {number % 10000:04d}" if not has_email or chance() < 0.7 else "",
            born,
            pick(GENDERS),
            f"{1 + int(chance() * 999)} {pick(STREETS)}" if chance() < 0.8 else "",
            city,
            state,
            postcode,
            country,
            pick(STATUSES),
            pick(TYPES),
            day(1990, 2025) if chance() < 0.8 else "",
            pick(NOTES) if chance() < 0.2 else "",
            pick(combinations) if chance() < 0.6 else "",
            day(1990, 2025) if chance() < 0.3 else "",
            pick(MINISTRIES),
        ]


def write(rows, path, seed=1):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADINGS)
        writer.writerows(people(rows, seed))


def main():
    parser = argparse.ArgumentParser(description="Writes a CSV file of plausible members.")
    parser.add_argument("rows", type=int)
    parser.add_argument("file")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.rows, options.file, options.seed)


if __name__ == "__main__":
    main()
