/// A phone number as `members.phone_digits` has it: without what only separates digits.
enum PhoneDigits {
  /// The number without spaces, parentheses, plus signs, hyphens, full stops and slashes.
  static func of(_ phone: String) -> String {
    String(
      decoding: phone.utf8.filter { byte in
        switch byte {
        case 0x20, 0x28, 0x29, 0x2B, 0x2D, 0x2E, 0x2F: false  // space ( ) + - . /
        default: true
        }
      }, as: UTF8.self)
  }
}
