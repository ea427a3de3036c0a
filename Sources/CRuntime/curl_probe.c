#include "curl_library.h"

#include <string.h>

void caresphere_curl_probe(
    caresphere_curl *curl, const struct caresphere_probe *probe, const struct caresphere_curl_trust *trust,
    const struct caresphere_curl_limits *limits, struct caresphere_curl_result *result) {
  curl_begin(curl, trust, limits, result);
  void *easy = curl->easy;
  int (*set)(void *, int, ...) = curl_library.easy_setopt;
  set(easy, OPT_PROTOCOLS, (long)(PROTOCOL_SMTP | PROTOCOL_SMTPS | PROTOCOL_HTTP | PROTOCOL_HTTPS));
  set(easy, OPT_URL, probe->url);
  set(easy, OPT_FRESH_CONNECT, 1L);
  set(easy, OPT_TIMEOUT_MS, limits->connect + limits->reply);
  if (strncmp(probe->url, "smtp", 4) == 0) {
    set(easy, OPT_USE_SSL, (long)probe->tls);
    set(easy, OPT_HEADERFUNCTION, curl_read_reply);
    set(easy, OPT_HEADERDATA, curl);
  }
  if (probe->user != NULL) {
    set(easy, OPT_USERNAME, probe->user);
    set(easy, OPT_PASSWORD, probe->password);
  }
  /* Ends when the protocol is ready for its first command: after TLS, and the login of SMTP. */
  set(easy, OPT_CONNECT_ONLY, 1L);
  curl_perform(curl);
}
