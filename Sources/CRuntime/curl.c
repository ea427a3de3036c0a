#define _GNU_SOURCE
#include "curl_library.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct curl_library curl_library;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *problem = "not loaded";

static int find(void *handle, const char *name, void *into) {
  void *symbol = dlsym(handle, name);
  memcpy(into, &symbol, sizeof symbol); /* ISO C converts no object pointer to a function's */
  return symbol != NULL;
}

static void load(void) {
  void *handle = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) handle = dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) {
    problem = "libcurl.so.4 is not installed; Debian has it in the package libcurl4";
    return;
  }
  struct curl_library *library = &curl_library;
  int complete = find(handle, "curl_global_init", &library->global_init) &&
                 find(handle, "curl_easy_init", &library->easy_init) &&
                 find(handle, "curl_easy_reset", &library->easy_reset) &&
                 find(handle, "curl_easy_cleanup", &library->easy_cleanup) &&
                 find(handle, "curl_easy_setopt", &library->easy_setopt) &&
                 find(handle, "curl_easy_getinfo", &library->easy_getinfo) &&
                 find(handle, "curl_easy_perform", &library->easy_perform) &&
                 find(handle, "curl_easy_strerror", &library->easy_strerror) &&
                 find(handle, "curl_slist_append", &library->slist_append) &&
                 find(handle, "curl_slist_free_all", &library->slist_free_all);
  if (!complete)
    problem = "libcurl.so.4 lacks a function that is needed";
  else if (library->global_init(GLOBAL_ALL) != 0)
    problem = "libcurl cannot be initialised";
  else
    problem = NULL;
}

const char *caresphere_curl_load(void) {
  pthread_once(&once, load);
  return problem;
}

caresphere_curl *caresphere_curl_new(void) {
  if (caresphere_curl_load() != NULL) return NULL;
  caresphere_curl *curl = calloc(1, sizeof *curl);
  if (curl == NULL) return NULL;
  curl->easy = curl_library.easy_init();
  curl->socket = -1;
  if (curl->easy != NULL) return curl;
  free(curl);
  return NULL;
}

void caresphere_curl_free(caresphere_curl *curl) {
  if (curl == NULL) return;
  /* The goodbye must not wait long for an answer. */
  curl_library.easy_setopt(curl->easy, OPT_SERVER_RESPONSE_TIMEOUT, 2L);
  curl_library.easy_cleanup(curl->easy);
  free(curl);
}

void caresphere_curl_abandon(caresphere_curl *curl) {
  if (curl->socket >= 0) shutdown(curl->socket, SHUT_RDWR);
}

static int64_t now(void) {
  struct timespec moment;
  clock_gettime(CLOCK_MONOTONIC, &moment);
  return (int64_t)moment.tv_sec * 1000 + moment.tv_nsec / 1000000;
}

void curl_touch(caresphere_curl *curl) { curl->waiting_since = now(); }

void curl_add_words(struct caresphere_curl_result *result, const char *bytes, size_t length) {
  size_t room = sizeof result->words - result->words_length;
  if (length > room) length = room;
  memcpy(result->words + result->words_length, bytes, length);
  result->words_length += length;
}

/* Called about once a second while an exchange lasts. */
static int watch(void *context, int64_t total, int64_t done, int64_t up_total, int64_t up_done) {
  (void)total, (void)done, (void)up_total, (void)up_done;
  caresphere_curl *curl = context;
  const struct caresphere_curl_limits *limits = curl->limits;
  if (limits == NULL) return 0;
  long limit = curl->result->sent ? limits->completion : limits->reply;
  int is_over = limits->give_up != NULL && limits->give_up(limits->context);
  if (!is_over && now() - curl->waiting_since < limit) return 0;
  curl->result->timed_out = 1;
  return 1;
}

/* Called for each new connection. A program that is started meanwhile must not inherit it. */
static int note_socket(void *context, int descriptor, int purpose) {
  (void)purpose;
  caresphere_curl *curl = context;
  curl->socket = descriptor;
  fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  return 0;
}

static int close_socket(void *context, int descriptor) {
  caresphere_curl *curl = context;
  if (curl->socket == descriptor) curl->socket = -1;
  return close(descriptor);
}

static size_t ignore_body(char *bytes, size_t size, size_t count, void *context) {
  (void)bytes, (void)context;
  return size * count;
}

void curl_begin(
    caresphere_curl *curl, const struct caresphere_curl_trust *trust, const struct caresphere_curl_limits *limits,
    struct caresphere_curl_result *result) {
  memset(result, 0, sizeof *result);
  curl->limits = limits;
  curl->result = result;
  curl->position = 0;
  curl->is_reply_complete = 0;
  curl_touch(curl);
  void *easy = curl->easy;
  int (*set)(void *, int, ...) = curl_library.easy_setopt;
  curl_library.easy_reset(easy); /* connections stay */
  set(easy, OPT_NOSIGNAL, 1L);
  set(easy, OPT_ERRORBUFFER, result->problem);
  set(easy, OPT_SSL_VERIFYPEER, 1L);
  set(easy, OPT_SSL_VERIFYHOST, 2L);
  set(easy, OPT_FOLLOWLOCATION, 0L);
  set(easy, OPT_CONNECTTIMEOUT_MS, limits->connect);
  /* Ours end a wait sooner; this one is there for what libcurl does without asking us. */
  long longest = limits->completion > limits->reply ? limits->completion : limits->reply;
  set(easy, OPT_SERVER_RESPONSE_TIMEOUT, longest / 1000 + 2);
  set(easy, OPT_NOPROGRESS, 0L);
  set(easy, OPT_XFERINFOFUNCTION, watch);
  set(easy, OPT_XFERINFODATA, curl);
  set(easy, OPT_SOCKOPTFUNCTION, note_socket);
  set(easy, OPT_SOCKOPTDATA, curl);
  set(easy, OPT_CLOSESOCKETFUNCTION, close_socket);
  set(easy, OPT_CLOSESOCKETDATA, curl);
  set(easy, OPT_WRITEFUNCTION, ignore_body);
  if (trust->file != NULL) set(easy, OPT_CAINFO, trust->file);
  if (trust->folder != NULL) set(easy, OPT_CAPATH, trust->folder);
}

void curl_perform(caresphere_curl *curl) {
  struct caresphere_curl_result *result = curl->result;
  void *easy = curl->easy;
  result->status = curl_library.easy_perform(easy);
  long number = 0;
  if (curl_library.easy_getinfo(easy, INFO_NUM_CONNECTS, &number) == 0) result->reused = number == 0;
  if (result->status == 28) result->timed_out = 1; /* CURLE_OPERATION_TIMEDOUT */
  if (result->status != 0 && result->problem[0] == 0)
    snprintf(result->problem, sizeof result->problem, "%s", curl_library.easy_strerror(result->status));
  /* What is left must not point into what the caller frees: closing may still call back. */
  curl_library.easy_setopt(easy, OPT_ERRORBUFFER, NULL);
  curl_library.easy_setopt(easy, OPT_NOPROGRESS, 1L);
  curl_library.easy_setopt(easy, OPT_PASSWORD, NULL);
  curl->limits = NULL;
  curl->result = NULL;
  curl->bytes = NULL;
  curl->length = 0;
}
