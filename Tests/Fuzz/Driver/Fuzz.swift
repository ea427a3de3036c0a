import FuzzOracles
import Glibc

/// libFuzzer's own main (FuzzerDriver.cpp), for a program that has one already.
@_silgen_name("LLVMFuzzerRunDriver") private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// What libFuzzer's archive links against; the function that is given to `runDriver` is asked instead.
@_cdecl("LLVMFuzzerTestOneInput") public func unused(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt { 0 }

/// Which parser this process fuzzes: `FUZZ_TARGET`. It is global because a C function can't carry it along.
private let target = getenv("FUZZ_TARGET").flatMap { FuzzTarget(rawValue: String(cString: $0)) }

/// One program for all parsers, so that there is one to link.
@main struct Fuzz {
  static func main() {
    guard target != nil else {
      let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: " ")
      tell("set FUZZ_TARGET to one of: \(names)")
      exit(2)
    }
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(
      runDriver(&count, &arguments) { data, size in
        do {
          try target?.check([UInt8](UnsafeBufferPointer(start: data, count: size)))
        } catch {
          // To libFuzzer only what ends the process is a find.
          tell("\(error)")
          abort()
        }
        return 0
      })
  }
}

/// Writes a line to stderr.
private func tell(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
}
