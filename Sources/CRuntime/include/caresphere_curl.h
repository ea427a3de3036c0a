#ifndef CARESPHERE_CURL_H
#define CARESPHERE_CURL_H

#include <stddef.h>

/* Mail and web requests by libcurl, which is loaded when it is first needed: a program that sends nothing starts
   without it. Nothing here keeps or prints a password. */

/* NULL where libcurl is there, else why it cannot be used. Safe from any thread. */
const char *caresphere_curl_load(void);

/* How long to wait, in milliseconds, and whom to ask meanwhile. */
struct caresphere_curl_limits {
  long connect;    /* for a connection, TLS included */
  long reply;      /* for each reply, and while nothing of a mail or request is taken */
  long completion; /* for the reply that says what became of all that was sent */
  int (*give_up)(const void *context); /* asked about once a second; not 0 ends the wait; may be NULL */
  const void *context;
};

/* The authorities that certificates are checked against; NULL is what libcurl was built with. */
struct caresphere_curl_trust {
  const char *file;
  const char *folder;
};

/* What came of an exchange. */
struct caresphere_curl_result {
  int status;      /* CURLcode: 0 where libcurl is satisfied */
  int reply;       /* the last reply's code or the status of HTTP; 0 where there was none */
  int reused;      /* whether the connection was there before */
  int sent;        /* of a mail: whether all of it was given to the connection; of a request: whether any of it was */
  int timed_out;   /* whether a limit ended it */
  char problem[256]; /* libcurl's words */
  char words[4096];  /* the last reply's lines, or the beginning of a response's body */
  size_t words_length;
};

/* One handle, and with it the connection that it keeps. Used by one thread at a time. */
typedef struct caresphere_curl caresphere_curl;

/* NULL where there is no libcurl or no memory. */
caresphere_curl *caresphere_curl_new(void);
void caresphere_curl_free(caresphere_curl *curl);

/* Cuts the kept connection, so that the next exchange makes a new one and nothing waits for the old. */
void caresphere_curl_abandon(caresphere_curl *curl);

enum { CARESPHERE_TLS_NONE = 0, CARESPHERE_TLS_OPTIONAL = 1, CARESPHERE_TLS_REQUIRED = 3 };

struct caresphere_mail {
  const char *url;      /* smtp://host:port or smtps://host:port */
  const char *user;     /* NULL where nobody logs in */
  const char *password;
  int tls;              /* CARESPHERE_TLS_… */
  const char *from;     /* an address without brackets; "" is the empty sender */
  const char *to;
  const unsigned char *bytes; /* RFC 5322, with CRLF */
  size_t length;
  int fresh;            /* whether the kept connection is passed over */
};

/* Hands a mail over by SMTP and waits for the answer. */
void caresphere_curl_mail(
    caresphere_curl *curl, const struct caresphere_mail *mail, const struct caresphere_curl_trust *trust,
    const struct caresphere_curl_limits *limits, struct caresphere_curl_result *result);

struct caresphere_post {
  const char *url;      /* http:// or https:// */
  const char *user;     /* of Basic authentication; NULL for none */
  const char *password;
  const char *const *headers; /* "Name: value" each, NULL at the end */
  const unsigned char *bytes;
  size_t length;
};

/* Makes a POST request on a connection of its own and waits for the response. Redirections are not followed, and
   the request is never made twice. */
void caresphere_curl_post(
    caresphere_curl *curl, const struct caresphere_post *post, const struct caresphere_curl_trust *trust,
    const struct caresphere_curl_limits *limits, struct caresphere_curl_result *result);

struct caresphere_probe {
  const char *url; /* smtp://, smtps://, http:// or https:// */
  const char *user; /* NULL where nobody logs in */
  const char *password;
  int tls; /* of smtp: CARESPHERE_TLS_… */
};

/* Connects, encrypts and logs in, and asks for nothing more. */
void caresphere_curl_probe(
    caresphere_curl *curl, const struct caresphere_probe *probe, const struct caresphere_curl_trust *trust,
    const struct caresphere_curl_limits *limits, struct caresphere_curl_result *result);

#endif
