import TextFormats

/// One pass over the words of a command line, from left to right. It goes on after a mistake, of which it keeps
/// the first: a `--help` or a `--format json` further right must still be heard.
struct Scan {
  private let root: CommandSpec
  private let globalOptions: [OptionSpec]
  private(set) var command: CommandSpec
  private(set) var path: [String] = []
  /// Option names and their values; of a flag that takes none the list is empty.
  private(set) var given: [String: [String]] = [:]
  private(set) var positionals: [String] = []
  private(set) var problem: UsageError?
  /// The flags as they were typed, so that `--json` may stand beside `--format json`, but not beside itself.
  private var typed: Set<String> = []
  private var lostTheCommand = false

  init(root: CommandSpec, globalOptions: [OptionSpec]) {
    self.root = root
    self.globalOptions = globalOptions
    self.command = root
  }

  mutating func read(_ words: [String]) {
    var index = 0
    var flagsEnded = false
    while index < words.count {
      let word = words[index]
      index += 1
      let next = index < words.count ? words[index] : nil
      let dashes = flagsEnded ? 0 : word.utf8.prefix(2).prefix { $0 == UInt8(ascii: "-") }.count
      if dashes == 0 || word.utf8.count == 1 {
        readPlain(word)
      } else if dashes == 1 {
        if readCluster(word, next: next) { index += 1 }
      } else if word.utf8.count == 2 {
        flagsEnded = true
      } else if readLong(word, next: next) {
        index += 1
      }
    }
  }

  func option(named name: String) -> OptionSpec? {
    command.options.first { $0.name == name } ?? globalOptions.first { $0.name == name }
  }

  private func option(short letter: Character) -> OptionSpec? {
    command.options.first { $0.short == letter } ?? globalOptions.first { $0.short == letter }
  }

  private mutating func readPlain(_ word: String) {
    if command.subcommands.isEmpty || lostTheCommand {
      positionals.append(word)
    } else if let next = command.subcommands.first(where: { $0.name == word }) {
      command = next
      path.append(word)
    } else {
      fail(Self.unknownCommand(word, in: command, path: path, root: root))
      lostTheCommand = true
    }
  }

  /// - Returns: whether the next word was taken as the value.
  private mutating func readLong(_ word: String, next: String?) -> Bool {
    let body = word.utf8.dropFirst(2)
    let equals = body.firstIndex(of: UInt8(ascii: "="))
    let name = String(word[body.startIndex..<(equals ?? body.endIndex)])
    let attached = equals.map { String(word[word.utf8.index(after: $0)...]) }
    guard let option = option(named: name) else {
      // Only the first mistake is told, and what is near to it takes a look at every flag.
      if problem == nil { fail(unknownFlag(name)) }
      return false
    }
    guard option.placeholder != nil else {
      if attached != nil { fail("--\(name) takes no value") }
      record(option, typedAs: "--\(name)", value: nil)
      return false
    }
    return takeValue(of: option, typedAs: "--\(name)", attached: attached, next: next)
  }

  /// Reads `-qy`, `-fjson`, `-f json`, `-f=json`.
  /// - Returns: whether the next word was taken as the value.
  private mutating func readCluster(_ word: String, next: String?) -> Bool {
    var rest = word.unicodeScalars.dropFirst()
    while let letter = rest.popFirst() {
      guard let option = option(short: Character(letter)) else {
        let flag =
          rest.isEmpty && word.unicodeScalars.count == 2 ? word : "-\(letter) in \(UsageError.quote(word))"
        fail("unknown flag \(flag)", hint: "an argument that begins with - goes after --")
        return false
      }
      guard option.placeholder == nil else {
        let value = rest.first == "=" ? rest.dropFirst() : rest
        let attached = rest.isEmpty ? nil : String(value)
        return takeValue(of: option, typedAs: "-\(letter)", attached: attached, next: next)
      }
      record(option, typedAs: "-\(letter)", value: nil)
    }
    return false
  }

  private mutating func takeValue(
    of option: OptionSpec, typedAs flag: String, attached: String?, next: String?
  ) -> Bool {
    guard let value = attached ?? next else {
      fail("\(flag) needs a value: \(flag) \(option.placeholder ?? "")")
      return false
    }
    if let problem = option.value.problem(with: value) {
      fail("\(flag) \(problem.reason)", hint: problem.hint)
    } else {
      record(option, typedAs: flag, value: value)
    }
    return attached == nil
  }

  private mutating func record(_ option: OptionSpec, typedAs flag: String, value: String?) {
    let isNew = typed.insert(option.name).inserted
    if !isNew, !option.repeats { fail("\(flag) is given more than once") }
    if let setting = option.standsFor {
      contradict(flag, setting.option, setting.value)
      given[setting.option] = given[setting.option] ?? [setting.value]
    } else if let value {
      if !option.repeats { contradict(flag, option.name, value) }
      if option.repeats || given[option.name] == nil { given[option.name, default: []].append(value) }
    } else {
      given[option.name] = []
    }
  }

  /// A shorthand may repeat what the option itself says, but not say something else.
  private mutating func contradict(_ flag: String, _ option: String, _ value: String) {
    if let earlier = given[option]?.first, earlier != value {
      fail("\(flag) contradicts --\(option) \(earlier)")
    }
  }

  private mutating func fail(_ message: String, hint: String? = nil) {
    fail(UsageError(message, hint: hint, path: path))
  }

  private mutating func fail(_ error: UsageError) {
    if problem == nil { problem = error }
  }

  private func unknownFlag(_ name: String) -> UsageError {
    let candidates = command.allOptions(global: globalOptions).map(\.name)
    let hint =
      if let nearest = EditDistance.nearest(to: name, in: candidates) {
        "did you mean --\(nearest)?"
      } else if command.subcommands.isEmpty {
        "the flags are listed by: \(([root.name] + path + ["--help"]).joined(separator: " "))"
      } else {
        "flags of a command go after its name"
      }
    let flag = UsageError.quote("--" + name)
    return UsageError("unknown flag \(flag.dropFirst().dropLast())", hint: hint, path: path)
  }

  static func unknownCommand(
    _ word: String, in command: CommandSpec, path: [String], root: CommandSpec
  ) -> UsageError {
    let name = ([root.name] + path).joined(separator: " ")
    let message = "\(name) has no command \(UsageError.quote(word))"
    let names = command.subcommands.map(\.name)
    if let nearest = EditDistance.nearest(to: word, in: names) {
      return UsageError(message, hint: "did you mean \(name) \(nearest)?", path: path)
    }
    let elsewhere = root.subcommands.filter { noun in noun.subcommands.contains { $0.name == word } }
    if path.isEmpty, !elsewhere.isEmpty {
      let proposals = elsewhere.map { "\(root.name) \($0.name) \(word)" }
      return UsageError(message, hint: "did you mean \(proposals.joined(separator: " or "))?", path: path)
    }
    let hint = names.isEmpty ? nil : "one of \(names.joined(separator: ", "))"
    return UsageError(message, hint: hint, path: path)
  }
}
