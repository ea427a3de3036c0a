#include "curl_library.h"

static size_t read_body(char *bytes, size_t size, size_t count, void *context) {
  caresphere_curl *curl = context;
  size_t length = size * count;
  if (curl->result != NULL) curl_add_words(curl->result, bytes, length);
  curl_touch(curl);
  return length;
}

void caresphere_curl_post(
    caresphere_curl *curl, const struct caresphere_post *post, const struct caresphere_curl_trust *trust,
    const struct caresphere_curl_limits *limits, struct caresphere_curl_result *result) {
  curl_begin(curl, trust, limits, result);
  void *easy = curl->easy;
  int (*set)(void *, int, ...) = curl_library.easy_setopt;
  set(easy, OPT_PROTOCOLS, (long)(PROTOCOL_HTTP | PROTOCOL_HTTPS));
  set(easy, OPT_URL, post->url);
  if (post->user != NULL) {
    set(easy, OPT_HTTPAUTH, (long)AUTH_BASIC);
    set(easy, OPT_USERNAME, post->user);
    set(easy, OPT_PASSWORD, post->password);
  }
  /* Where a kept connection ends without an answer, libcurl repeats the request on another one, though the server
     may have done what the first asked for. */
  set(easy, OPT_FRESH_CONNECT, 1L);
  set(easy, OPT_FORBID_REUSE, 1L);
  struct curl_slist *headers = NULL;
  for (const char *const *header = post->headers; *header != NULL; header++)
    headers = curl_library.slist_append(headers, *header);
  headers = curl_library.slist_append(headers, "Expect:");
  set(easy, OPT_HTTPHEADER, headers);
  set(easy, OPT_TIMEOUT_MS, limits->connect + limits->completion);
  set(easy, OPT_POST, 1L);
  set(easy, OPT_POSTFIELDSIZE_LARGE, (int64_t)post->length);
  set(easy, OPT_POSTFIELDS, post->bytes);
  set(easy, OPT_WRITEFUNCTION, read_body);
  set(easy, OPT_WRITEDATA, curl);
  curl_perform(curl);
  long number = 0;
  if (curl_library.easy_getinfo(easy, INFO_RESPONSE_CODE, &number) == 0) result->reply = (int)number;
  if (curl_library.easy_getinfo(easy, INFO_REQUEST_SIZE, &number) == 0) result->sent = number > 0;
  set(easy, OPT_HTTPHEADER, NULL);
  set(easy, OPT_POSTFIELDS, NULL);
  curl_library.slist_free_all(headers);
}
