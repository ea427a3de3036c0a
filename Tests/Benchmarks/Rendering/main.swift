import CareSphereKit
import Glibc
import TextFormats

// Renders a template for one person again and again, compiled once, and prints how many seconds of work that took and what came
// of it: `rendering-benchmark TEMPLATE JSON TIMES`, all three as arguments. HTML is escaped, as in e-mail.

/// Seconds of work of this process, so that what else the machine does is not counted.
func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

let arguments = CommandLine.arguments
guard arguments.count == 4, let times = Int(arguments[3]), times > 0,
  case .object(let data) = try JSONParser.parse(arguments[2])
else {
  print("usage: rendering-benchmark TEMPLATE JSON TIMES")
  exit(2)
}
let program = try MustacheProgram(
  MustacheTemplate(arguments[1]), context: MustacheContext(fields: data.keys), escaping: .html)
let fields = data.members.map(\.value)
var output: [UInt8] = []
let start = seconds()
for _ in 0..<times { try program.render(fields, into: &output) }
print(seconds() - start)
print(String(decoding: output, as: UTF8.self), terminator: "")
