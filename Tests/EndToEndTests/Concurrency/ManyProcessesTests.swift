import Foundation
import TestSupport
import Testing

/// Several people and cron at work at once, on one file.
@Suite struct ManyProcessesTests {
  @Test(.timeLimit(.minutes(30))) func eightWritersLoseNothingAndReportNoLock() throws {
    let (writers, records) = (8, Effort.value("CARESPHERE_TEST_ADDS", default: 250))
    let sandbox = try Sandbox()
    try sandbox.initialize()
    let binary = try Executable.caresphere()
    let script = """
      for number in $(seq \(records)); do
        "$1" member add --first-name "Writer $2" --last-name "Number $number" --email "w$2n$number@example.org" || exit 1
      done
      """
    let processes = try (0..<writers).map { writer in
      try sandbox.spawn(
        running: ["bash", "-c", script, "writer", binary, "\(writer)"], name: "writer\(writer)")
    }
    for (writer, process) in processes.enumerated() {
      #expect(process.wait(seconds: 600) == .exited(0))
      #expect(try sandbox.read("writer\(writer).err") == "")
    }
    #expect(try sandbox.memberCount() == writers * records)
    let shell = try SQLiteShell(sandbox)
    #expect(try shell.count("SELECT count(DISTINCT email) FROM members") == writers * records)
    try shell.expectSound()
  }

  @Test func aReaderThatGoesAwayIsNoError() throws {
    let sandbox = try Sandbox()
    try sandbox.initialize()
    try sandbox.importing(Effort.people(5000))
    for format in ["csv", "json", "jsonl", "tsv", "vcard"] {
      let outcome = try sandbox.shell("caresphere member export --format \(format) | head -1")
      try outcome.succeeded()
      #expect(outcome.stderr == "", "\(outcome)")
      #expect(outcome.lines.count == 1)
    }
    for command in ["member list --format csv", "member list --format json", "member list", "audit"] {
      let outcome = try sandbox.shell("caresphere \(command) | head -c 1 > /dev/null").succeeded()
      #expect(outcome.stderr == "", "\(outcome)")
    }
  }

  @Test(.timeLimit(.minutes(30))) func aReaderThatStopsHoldsUpNoWriter() throws {
    let sandbox = try Sandbox()
    try sandbox.initialize()
    try sandbox.importing(Effort.people(5000))
    // The reader takes one line, and the rest only when there is a file that tells it to.
    let binary = try Executable.caresphere()
    let script = """
      set -o pipefail
      "$1" member export | { read -r line; touch started; while [ ! -e go ]; do sleep 0.1; done; cat; } > export.csv
      """
    let reader = try sandbox.spawn(running: ["bash", "-c", script, "reader", binary])
    while !sandbox.exists("started"), reader.poll() == nil { usleep(10_000) }
    let pause = ContinuousClock.now
    for number in 0..<5 {
      let added = try sandbox.run(
        "member", "add", "--first-name", "Late", "--last-name", "\(number)"
      ).succeeded()
      #expect(added.seconds < 5, "\(added)")
    }
    let imported = try sandbox.run(
      ["member", "import", "-"], stdin: Array(Effort.people(100, first: 10_000).utf8)
    ).succeeded()
    #expect(imported.seconds < 10, "\(imported)")
    #expect(try sandbox.memberCount() == 5105)
    let wanted = Double(Effort.value("CARESPHERE_TEST_PAUSE", default: 3))
    let left = wanted - pause.duration(to: .now) / .seconds(1)
    if left > 0 { usleep(UInt32(left * 1_000_000)) }
    #expect(reader.poll() == nil, "the reader did not stop")
    try sandbox.write("go", "")
    #expect(reader.wait(seconds: 60) == .exited(0))
    // What it reads is the state of when it began: the header's line went to `read`.
    let people = try sandbox.read("export.csv").components(separatedBy: "@example.org").count - 1
    #expect(people == 5000)
  }
}
