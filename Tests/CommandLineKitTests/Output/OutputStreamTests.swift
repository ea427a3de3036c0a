import CommandLineKit
import Glibc
import TestSupport
import Testing

@Suite struct OutputStreamTests {
  @Test func keepsEveryByteInItsOrder() throws {
    var generator = SeededGenerator(seed: 11)
    for capacity in [64, 100, 4096] {
      let capture = try Capture()
      let stream = OutputStream(descriptor: capture.descriptor, target: "x", capacity: capacity)
      var expected: [UInt8] = []
      for _ in 0..<2_000 {
        let chunk = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
          UInt8.random(in: .min ... .max, using: &generator)
        }
        try stream.append(chunk)
        try stream.append(UInt8(7))
        try stream.append("é\n")
        try stream.append(-12)
        expected += chunk + [7] + Array("é\n-12".utf8)
      }
      try stream.close()
      #expect(capture.bytes == expected)
    }
  }

  @Test func aFullDiskIsNoticed() throws {
    let descriptor = open("/dev/full", O_WRONLY | O_CLOEXEC)
    let stream = OutputStream(descriptor: descriptor, target: "standard output", ownsDescriptor: true)
    try stream.append("x")
    let error = #expect(throws: OutputError.self) { try stream.close() }
    #expect(error?.message == "cannot write standard output: No space left on device")
    let large = OutputStream(
      descriptor: open("/dev/full", O_WRONLY | O_CLOEXEC), target: "x", ownsDescriptor: true)
    #expect(throws: OutputError.self) { try large.append([UInt8](repeating: 1, count: 1 << 20)) }
  }

  @Test func aClosedPipeIsNoFailure() throws {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [-1, -1]
    #expect(pipe(&ends) == 0)
    close(ends[0])
    let stream = OutputStream(descriptor: ends[1], target: "x", ownsDescriptor: true)
    try stream.append("x")
    #expect(throws: ClosedPipe.self) { try stream.flush() }
    try stream.close()
  }

  @Test func waitsForASlowReaderOfANonBlockingPipe() throws {
    let sandbox = try Sandbox()
    let path = sandbox.path("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let reader = try sandbox.spawn(running: ["sh", "-c", "exec < pipe; sleep 0.1; wc -c"], name: "reader")
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    let stream = OutputStream(descriptor: descriptor, target: "x", ownsDescriptor: true)
    try stream.append([UInt8](repeating: 1, count: 1_000_000))
    try stream.close()
    #expect(reader.wait() == .exited(0))
    #expect(try sandbox.read("reader.out") == "1000000\n")
  }
}

@Suite struct AtomicFileTests {
  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  @Test func appearsCompleteAndPrivate() throws {
    let sandbox = try Sandbox()
    let path = sandbox.path("out/x.csv")
    #expect(throws: OutputError.self) { _ = try AtomicFile(path: path, force: false) }
    try sandbox.write("out/other", "")
    let file = try AtomicFile(path: path, force: false)
    try file.stream.append("hello\n")
    try file.stream.flush()
    #expect(!sandbox.exists("out/x.csv"))
    try file.commit()
    #expect(try sandbox.read("out/x.csv") == "hello\n")
    #expect(mode(path) == 0o600)
    #expect(try sandbox.execute(["ls", "-A", "out"]).lines == ["other", "x.csv"])
  }

  @Test func replacesOnlyWhereForced() throws {
    let sandbox = try Sandbox()
    let path = try sandbox.write("x.csv", "old")
    let error = #expect(throws: FileExists.self) { _ = try AtomicFile(path: path, force: false) }
    #expect(error?.message == "\(path) exists already")
    #expect(try sandbox.read("x.csv") == "old")
    let file = try AtomicFile(path: path, force: true)
    try file.stream.append("new")
    #expect(try sandbox.read("x.csv") == "old")
    try file.commit()
    #expect(try sandbox.read("x.csv") == "new")
    #expect(mode(path) == 0o600)
    #expect(try sandbox.execute(["ls", "-A"]).lines == ["home", "tmp", "x.csv"])
  }

  @Test func doesNotReplaceWhatCameMeanwhile() throws {
    let sandbox = try Sandbox()
    let file = try AtomicFile(path: sandbox.path("x"), force: false)
    try file.stream.append("ours")
    try sandbox.write("x", "theirs")
    #expect(throws: FileExists.self) { try file.commit() }
    file.discard()
    #expect(try sandbox.read("x") == "theirs")
    #expect(try sandbox.execute(["ls", "-A"]).lines == ["home", "tmp", "x"])
  }

  @Test func leavesNothingBehind() throws {
    let sandbox = try Sandbox()
    for _ in 0..<2 {
      let file = try AtomicFile(path: sandbox.path("x"), force: true)
      try file.stream.append("secret")
      try file.stream.flush()
      file.discard()
      file.discard()
    }
    #expect(try sandbox.execute(["ls", "-A"]).lines == ["home", "tmp"])
  }

  @Test func isCheckedBeforehand() throws {
    let sandbox = try Sandbox()
    func check(_ path: String, force: Bool = false) throws {
      let test = try TestConsole()
      try test.output(.csv) { ($0.file, $0.force) = (path, force) }.checkDestination()
    }
    let path = try sandbox.write("x", "")
    #expect(throws: FileExists.self) { try check(path) }
    #expect(throws: OutputError.self) { try check(sandbox.path) }
    #expect(throws: OutputError.self) { try check(sandbox.path, force: true) }
    #expect(throws: OutputError.self) { try check(sandbox.path("no/x")) }
    try check(path, force: true)
    try check(sandbox.path("new"))
    try check("/dev/null")
    #expect(try sandbox.execute(["ls", "-A"]).lines == ["home", "tmp", "x"])
  }

  @Test func knowsDevices() throws {
    let sandbox = try Sandbox()
    #expect(AtomicFile.isSpecial("/dev/null"))
    #expect(!AtomicFile.isSpecial(sandbox.path))
    #expect(!AtomicFile.isSpecial(sandbox.path("nothing")))
    #expect(!AtomicFile.isSpecial(try sandbox.write("x", "")))
  }

  @Test func outputGoesToTheFile() throws {
    let sandbox = try Sandbox()
    let test = try TestConsole(terminal: true)
    let path = sandbox.path("list.csv")
    func emit(_ change: (inout OutputOptions) -> Void = { _ in }) throws {
      let output = test.output(.csv) {
        $0.file = path
        change(&$0)
      }
      try output.emit(list: "items", columns: [Column("name")], records: OutputTests.records)
    }
    try emit()
    #expect(try sandbox.read("list.csv").hasPrefix("name\n\"Bowl"))
    #expect(throws: FileExists.self) { try emit() }
    try emit { $0.force = true }
    #expect(throws: UsageError.self) { try emit { ($0.fields, $0.force) = (["x"], true) } }
    try emit { $0.file = "/dev/null" }
    #expect(throws: OutputError.self) { try emit { $0.file = "/dev/full" } }
    #expect(test.output.text.isEmpty)
    // Off the terminal the format that comes by itself is the headerless tsv.
    try test.output(nil) { ($0.file, $0.force) = (path, true) }.emit(
      list: "items", columns: [Column("price")], records: OutputTests.records)
    #expect(try sandbox.read("list.csv") == "1200\n-5\n")
  }

  @Test func aFailureInTheMiddleLeavesNoFile() throws {
    let sandbox = try Sandbox()
    let test = try TestConsole()
    #expect(throws: NobodyToAsk.self) {
      try test.output(.csv) { $0.file = sandbox.path("x") }.emit(list: "x", columns: [Column("a")]) {
        writer in
        try writer.write(["a"].reduce(into: .init()) { $0[$1] = "b" })
        throw NobodyToAsk()
      }
    }
    #expect(try sandbox.execute(["ls", "-A"]).lines == ["home", "tmp"])
  }

  @Test func aFullDiskIsNoticedAndTheFileForgotten() throws {
    let sandbox = try Sandbox()
    let disk = try SmallDisk(in: sandbox, kibibytes: 256)
    let file = try AtomicFile(path: disk.path + "/x", force: false)
    #expect(throws: OutputError.self) {
      for _ in 0..<100 { try file.stream.append([UInt8](repeating: 65, count: 10_000)) }
      try file.commit()
    }
    file.discard()
    #expect(try sandbox.execute(["ls", "-A", disk.path]).lines.isEmpty)
  }
}
