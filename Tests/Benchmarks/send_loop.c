/* The bare loop that deliveries are measured against: send_loop URL SENDER LIST sends the mails that are named in the
   file LIST, a recipient, a tab and a path a line, over one connection, with libcurl and nothing else. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The few declarations of libcurl's stable interface that are needed, so that its headers are not. */
typedef void CURL;
struct curl_slist;
CURL *curl_easy_init(void);
int curl_easy_setopt(CURL *, int, ...);
int curl_easy_perform(CURL *);
const char *curl_easy_strerror(int);
struct curl_slist *curl_slist_append(struct curl_slist *, const char *);
void curl_slist_free_all(struct curl_slist *);
void curl_easy_cleanup(CURL *);
enum {
  URL = 10002, MAIL_FROM = 10186, MAIL_RCPT = 10187, UPLOAD = 46, READFUNCTION = 20012, READDATA = 10009,
  INFILESIZE = 30115, NOSIGNAL = 99, TCP_NODELAY = 121
};

struct mail {
  char *recipient, *bytes;
  size_t length, at;
};

static size_t give(char *buffer, size_t size, size_t count, void *data) {
  struct mail *mail = data;
  size_t room = size * count, left = mail->length - mail->at, part = left < room ? left : room;
  memcpy(buffer, mail->bytes + mail->at, part);
  mail->at += part;
  return part;
}

static void stop(const char *what) {
  fprintf(stderr, "send_loop: %s\n", what);
  exit(1);
}

static char *read_file(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  if (!file) stop(path);
  fseek(file, 0, SEEK_END);
  *length = (size_t)ftell(file);
  rewind(file);
  char *bytes = malloc(*length + 1);
  if (!bytes || fread(bytes, 1, *length, file) != *length) stop(path);
  fclose(file);
  return bytes;
}

/* All mails are in memory before the clock starts. */
static struct mail *read_mails(const char *path, size_t *count) {
  FILE *list = fopen(path, "r");
  if (!list) stop(path);
  size_t room = 1024;
  struct mail *mails = malloc(room * sizeof *mails);
  char recipient[512], file[4096];
  *count = 0;
  while (fscanf(list, "%511[^\t]\t%4095[^\n]\n", recipient, file) == 2) {
    if (*count == room) mails = realloc(mails, (room *= 2) * sizeof *mails);
    if (!mails) stop("no memory");
    struct mail *mail = &mails[(*count)++];
    mail->recipient = strdup(recipient);
    mail->bytes = read_file(file, &mail->length);
    mail->at = 0;
  }
  fclose(list);
  return mails;
}

int main(int count, char **arguments) {
  if (count != 4) stop("send_loop URL SENDER LIST");
  size_t total;
  struct mail *mails = read_mails(arguments[3], &total);
  CURL *curl = curl_easy_init();
  if (!curl) stop("no libcurl");
  curl_easy_setopt(curl, URL, arguments[1]);
  curl_easy_setopt(curl, MAIL_FROM, arguments[2]);
  curl_easy_setopt(curl, UPLOAD, 1L);
  curl_easy_setopt(curl, NOSIGNAL, 1L);
  curl_easy_setopt(curl, READFUNCTION, give);
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (size_t i = 0; i < total; i++) {
    struct curl_slist *recipients = curl_slist_append(NULL, mails[i].recipient);
    curl_easy_setopt(curl, MAIL_RCPT, recipients);
    curl_easy_setopt(curl, READDATA, &mails[i]);
    curl_easy_setopt(curl, INFILESIZE, (long long)mails[i].length);
    int code = curl_easy_perform(curl);
    if (code != 0) stop(curl_easy_strerror(code));
    curl_slist_free_all(recipients);
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  curl_easy_cleanup(curl);
  printf("%.6f\n", (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9);
  return 0;
}
