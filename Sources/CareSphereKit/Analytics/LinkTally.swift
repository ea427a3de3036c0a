import Glibc

/// Counts clicks by link, given so that those of one link and one recipient follow each other: a recipient is one
/// person's of one message.
struct LinkTally {
  private struct Clicks {
    var clicks = 0
    var people = 0
  }

  private var links: [[UInt8]: Clicks] = [:]
  /// The link at hand and what is counted of it since it came.
  private var url: [UInt8] = []
  private var recipient: [UInt8] = []
  private var current = Clicks()

  /// Counts a click.
  mutating func add(url: UnsafeBufferPointer<UInt8>?, recipient: UnsafeBufferPointer<UInt8>?) {
    guard let url, let recipient else { return }
    if current.clicks == 0 || !Self.areSame(url, self.url) {
      finish()
      self.url.replaceSubrange(self.url.startIndex..., with: url)
      self.recipient.removeAll(keepingCapacity: true)
    }
    if !Self.areSame(recipient, self.recipient) {
      self.recipient.replaceSubrange(self.recipient.startIndex..., with: recipient)
      current.people += 1
    }
    current.clicks += 1
  }

  /// The links that were followed most, of equals by more people, then by their text.
  mutating func top(_ count: Int) -> [MessageFigures.Link] {
    finish()
    let sorted = links.sorted { left, right in
      let (first, second) = (left.value, right.value)
      if first.clicks != second.clicks { return first.clicks > second.clicks }
      if first.people != second.people { return first.people > second.people }
      return left.key.lexicographicallyPrecedes(right.key)
    }
    return sorted.prefix(count).map {
      .init(
        url: String(decoding: $0.key, as: UTF8.self), clicks: $0.value.clicks, uniqueClicks: $0.value.people)
    }
  }

  private mutating func finish() {
    guard current.clicks > 0 else { return }
    links[url, default: Clicks()].clicks += current.clicks
    links[url, default: Clicks()].people += current.people
    current = Clicks()
  }

  @inline(__always)
  private static func areSame(_ left: UnsafeBufferPointer<UInt8>, _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return right.withUnsafeBufferPointer { right in
      guard let first = left.baseAddress, let second = right.baseAddress else { return true }
      return memcmp(first, second, left.count) == 0
    }
  }
}
