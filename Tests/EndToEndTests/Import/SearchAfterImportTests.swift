import TestSupport
import Testing

/// An import indexes its people by the thousand: the index must be what single rows would have made.
@Suite struct SearchAfterImportTests {
  @Test func theIndexIsThatOfTheRows() throws {
    let sandbox = try Sandbox()
    try sandbox.initialize()
    try sandbox.importing(Effort.people(12_000))
    // Someone who comes twice in one file changes before the index has them.
    try sandbox.importing(
      """
      firstName,lastName,email,phone
      Bisi,Adéyẹmí,bisi@example.org,
      Bisi,Adéyẹmí,bisi@example.org,+1 202 555 0101
      Ana,Souza,member7@example.org,+1 202 555 0102

      """, "--on-conflict", "update")
    try sandbox.run("member", "import", "-", "--dry-run", "--quiet").failed(3)
    let found = try sandbox.run("member", "search", "adeyemi", "--format", "count").succeeded()
    #expect(found.lines == ["1"])

    // What comes later is indexed by the trigger, which is there again.
    try sandbox.run("member", "add", "--first-name", "Zoë", "--last-name", "Lima").succeeded()
    #expect(try sandbox.run("member", "search", "zoe", "--format", "count").lines == ["1"])

    let copy = sandbox.path("copy.db")
    let script = "INSERT INTO member_search(member_search, rank) VALUES ('integrity-check', 1)"
    try Requirement.tool("sqlite3")
    try sandbox.execute(["sqlite3", "-readonly", sandbox.database, ".backup \(copy)"]).succeeded()
    try sandbox.execute(["sqlite3", copy, script]).succeeded()
    let shell = try SQLiteShell(sandbox)
    #expect(try shell.count("SELECT count(*) FROM member_search WHERE member_search MATCH 'ana'") == 12_000)
    try shell.expectSound()
  }
}
