#ifndef CARESPHERE_CURL_LIBRARY_H
#define CARESPHERE_CURL_LIBRARY_H

#include "caresphere_curl.h"

#include <stddef.h>
#include <stdint.h>

/* What we use of libcurl's interface, declared here so that building needs no headers of it. The numbers are part
   of its ABI and never change (curl/curl.h: CURLOPTTYPE_* plus a number). */
enum {
  OPT_TIMEOUT_MS = 155,
  OPT_NOPROGRESS = 43,
  OPT_UPLOAD = 46,
  OPT_POST = 47,
  OPT_FOLLOWLOCATION = 52,
  OPT_SSL_VERIFYPEER = 64,
  OPT_FRESH_CONNECT = 74,
  OPT_FORBID_REUSE = 75,
  OPT_SSL_VERIFYHOST = 81,
  OPT_NOSIGNAL = 99,
  OPT_HTTPAUTH = 107,
  OPT_SERVER_RESPONSE_TIMEOUT = 112,
  OPT_USE_SSL = 119,
  OPT_CONNECTTIMEOUT_MS = 156,
  OPT_CONNECT_ONLY = 141,
  OPT_PROTOCOLS = 181,
  OPT_WRITEDATA = 10001,
  OPT_URL = 10002,
  OPT_READDATA = 10009,
  OPT_ERRORBUFFER = 10010,
  OPT_POSTFIELDS = 10015,
  OPT_HTTPHEADER = 10023,
  OPT_HEADERDATA = 10029,
  OPT_XFERINFODATA = 10057,
  OPT_CAINFO = 10065,
  OPT_CAPATH = 10097,
  OPT_SOCKOPTDATA = 10149,
  OPT_USERNAME = 10173,
  OPT_PASSWORD = 10174,
  OPT_MAIL_FROM = 10186,
  OPT_MAIL_RCPT = 10187,
  OPT_CLOSESOCKETDATA = 10209,
  OPT_WRITEFUNCTION = 20011,
  OPT_READFUNCTION = 20012,
  OPT_HEADERFUNCTION = 20079,
  OPT_SOCKOPTFUNCTION = 20148,
  OPT_CLOSESOCKETFUNCTION = 20208,
  OPT_XFERINFOFUNCTION = 20219,
  OPT_INFILESIZE_LARGE = 30115,
  OPT_POSTFIELDSIZE_LARGE = 30120,

  INFO_RESPONSE_CODE = 0x200002,
  INFO_REQUEST_SIZE = 0x20000c,
  INFO_NUM_CONNECTS = 0x20001a,

  PROTOCOL_HTTP = 1 << 0,
  PROTOCOL_HTTPS = 1 << 1,
  PROTOCOL_SMTP = 1 << 16,
  PROTOCOL_SMTPS = 1 << 17,

  AUTH_BASIC = 1,
  GLOBAL_ALL = 3,
};

struct curl_slist;

struct curl_library {
  int (*global_init)(long flags);
  void *(*easy_init)(void);
  void (*easy_reset)(void *easy);
  void (*easy_cleanup)(void *easy);
  int (*easy_setopt)(void *easy, int option, ...);
  int (*easy_getinfo)(void *easy, int info, ...);
  int (*easy_perform)(void *easy);
  const char *(*easy_strerror)(int code);
  struct curl_slist *(*slist_append)(struct curl_slist *list, const char *text);
  void (*slist_free_all)(struct curl_slist *list);
};

/* Complete once caresphere_curl_load has returned NULL. */
extern struct curl_library curl_library;

struct caresphere_curl {
  void *easy;
  int socket; /* of the newest connection; -1 where there is none */
  /* Of the exchange that is under way: */
  const struct caresphere_curl_limits *limits;
  struct caresphere_curl_result *result;
  const unsigned char *bytes;
  size_t length;
  size_t position;
  int64_t waiting_since; /* milliseconds of the monotonic clock */
  int is_reply_complete;
};

/* Begins an exchange: all options at their defaults but those that every exchange has. */
void curl_begin(
    caresphere_curl *curl, const struct caresphere_curl_trust *trust, const struct caresphere_curl_limits *limits,
    struct caresphere_curl_result *result);

/* Does it, and takes every pointer of the exchange back from libcurl. */
void curl_perform(caresphere_curl *curl);

/* A line of an SMTP server's, for OPT_HEADERFUNCTION: keeps the last reply in the result. */
size_t curl_read_reply(char *bytes, size_t size, size_t count, void *context);

/* Notes that the other side has done something. */
void curl_touch(caresphere_curl *curl);

/* Appends to the words of the result, as far as there is room. */
void curl_add_words(struct caresphere_curl_result *result, const char *bytes, size_t length);

#endif
