#include "curl_library.h"

#include <stdlib.h>
#include <string.h>

/* libcurl doubles leading dots and ends the mail itself. */
static size_t read_mail(char *buffer, size_t size, size_t count, void *context) {
  caresphere_curl *curl = context;
  size_t room = size * count;
  size_t rest = curl->length - curl->position;
  if (rest > room) rest = room;
  memcpy(buffer, curl->bytes + curl->position, rest);
  curl->position += rest;
  /* Knowing the length, libcurl does not ask again but ends the mail, so the server may have it from here on. */
  if (curl->position == curl->length) curl->result->sent = 1;
  curl_touch(curl);
  return rest;
}

static int is_digit(char byte) { return byte >= '0' && byte <= '9'; }

/* Each line of the server's, one call a line. Lines of a reply but the last have a dash behind the code (RFC 5321,
   section 4.2.1). */
size_t curl_read_reply(char *bytes, size_t size, size_t count, void *context) {
  caresphere_curl *curl = context;
  struct caresphere_curl_result *result = curl->result;
  size_t length = size * count;
  if (result == NULL) return length; /* of the goodbye */
  curl_touch(curl);
  if (length < 3 || !is_digit(bytes[0]) || !is_digit(bytes[1]) || !is_digit(bytes[2])) return length;
  int code = (bytes[0] - '0') * 100 + (bytes[1] - '0') * 10 + (bytes[2] - '0');
  if (code == 221) return length; /* the goodbye, which libcurl says before it reports what was refused */
  if (curl->is_reply_complete) {
    result->words_length = 0;
    curl->is_reply_complete = 0;
  }
  result->reply = code;
  curl_add_words(result, bytes, length);
  curl->is_reply_complete = length == 3 || bytes[3] != '-';
  return length;
}

void caresphere_curl_mail(
    caresphere_curl *curl, const struct caresphere_mail *mail, const struct caresphere_curl_trust *trust,
    const struct caresphere_curl_limits *limits, struct caresphere_curl_result *result) {
  curl_begin(curl, trust, limits, result);
  curl->bytes = mail->bytes;
  curl->length = mail->length;
  void *easy = curl->easy;
  int (*set)(void *, int, ...) = curl_library.easy_setopt;
  set(easy, OPT_PROTOCOLS, (long)(PROTOCOL_SMTP | PROTOCOL_SMTPS));
  set(easy, OPT_URL, mail->url);
  set(easy, OPT_USE_SSL, (long)mail->tls);
  if (mail->user != NULL) {
    set(easy, OPT_USERNAME, mail->user);
    set(easy, OPT_PASSWORD, mail->password);
  }
  set(easy, OPT_FRESH_CONNECT, (long)mail->fresh);
  set(easy, OPT_MAIL_FROM, mail->from);
  struct curl_slist *recipients = curl_library.slist_append(NULL, mail->to);
  set(easy, OPT_MAIL_RCPT, recipients);
  set(easy, OPT_UPLOAD, 1L);
  set(easy, OPT_READFUNCTION, read_mail);
  set(easy, OPT_READDATA, curl);
  set(easy, OPT_INFILESIZE_LARGE, (int64_t)mail->length);
  set(easy, OPT_HEADERFUNCTION, curl_read_reply);
  set(easy, OPT_HEADERDATA, curl);
  curl_perform(curl);
  set(easy, OPT_MAIL_RCPT, NULL);
  curl_library.slist_free_all(recipients);
}
