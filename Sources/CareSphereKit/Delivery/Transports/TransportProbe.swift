import Glibc

extension SMTPTransport {
  func probe() -> String? {
    do throws(CareError) {
      let answer = try connection.opened().probe(url: server.address.url, tls: server.tls, login: try login())
      switch SMTPOutcome.judge(answer, server: server.address) {
      case .accepted: return nil
      case .deferred(let words), .refused(let words, _), .uncertain(let words), .unavailable(let words):
        return words
      }
    } catch {
      return error.message
    }
  }
}

extension GatewayTransport {
  func probe() -> String? {
    do throws(CareError) {
      _ = try gateway.token.text()
      return try connection.opened().probe(webService: gateway.url)
    } catch {
      return error.message
    }
  }
}

extension PushTransport {
  func probe() -> String? {
    do throws(CareError) {
      return try connection.opened().probe(webService: url)
    } catch {
      return error.message
    }
  }
}

extension Curl {
  /// Connects to a web service, and asks it for nothing: whatever it is asked could be charged for.
  /// - Returns: nil where that works, else why not
  fileprivate func probe(webService url: String) -> String? {
    let answer = probe(url: url, tls: .none, login: nil)
    if answer.status == 0 { return nil }
    let problem = answer.isTimedOut ? "it did not answer in time" : ServerWords.line(answer.problem)
    return "cannot reach \(url.prefix { $0 != "?" }): \(problem)"
  }
}

extension SendmailTransport {
  func probe() -> String? { Program.problem(command, environment: environment) }
}

extension CommandTransport {
  func probe() -> String? { Program.problem(command, environment: environment) }
}

extension Program {
  /// Why a program cannot be started; nil where it can.
  static func problem(_ command: [String], environment: [String: String]) -> String? {
    guard let name = command.first else { return "there is no program to run" }
    let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    let paths = name.contains("/") ? [name] : folders.map { "\($0)/\(name)" }
    let isThere = paths.contains { path in
      var information = stat()
      return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFREG
        && access(path, X_OK) == 0
    }
    if isThere { return nil }
    let reason =
      name.contains("/") ? String(cString: strerror(access(name, X_OK) == 0 ? EACCES : errno)) : "not in PATH"
    return "\(name) cannot be started: \(reason)"
  }
}

extension MaildirTransport {
  /// Makes a file where mails would be made, and removes it; where there is no Maildir yet, looks whether one can be.
  func probe() -> String? {
    var folder = path + "/tmp"
    while access(folder, F_OK) != 0, errno == ENOENT, let slash = folder.lastIndex(of: "/"),
      slash > folder.startIndex
    {
      folder = String(folder[..<slash])
    }
    let file = "\(folder)/.caresphere-probe-\(Hex.encode(RandomBytes.make(8)))"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return "cannot write to \(folder): \(String(cString: strerror(errno)))" }
    close(descriptor)
    unlink(file)
    return nil
  }
}
