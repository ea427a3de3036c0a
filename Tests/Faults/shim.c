/* Makes the calls by which a program reaches its files fail, or end it, at a chosen one of them. Loaded by LD_PRELOAD;
   told what to do by the environment:

     FAULT_CALLS  the calls that count, names separated by commas: open read write sync truncate rename link unlink
                  close mkdir lock. All when it is missing.
     FAULT_AT     which of them, from 1; 0 counts and does nothing.
     FAULT_DO     kill (before the call), torn (half of what is to be written, then kill), short (half of what is to be
                  read or written, and no error), or the number of an error.
     FAULT_STAYS  every later call fails too: a disk that is full stays full.
     FAULT_UNDER  only files below this folder; standard streams never count.
     FAULT_COUNT  a file of 8 bytes in which the number of calls is kept, for whoever has started the program.
     FAULT_CLOCK  SECONDS or SECONDS:N: the clock is wrong by so much, from its Nth reading on.

   Descriptors are followed from their opening, so that those of sockets, pipes and the program itself do not count. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { MAX_DESCRIPTOR = 4096 };
enum action { COUNT, KILL, TORN, SHORT, FAIL };

static _Atomic uint64_t own_count, clock_readings;
static _Atomic uint64_t *count = &own_count;
static _Atomic char is_followed[MAX_DESCRIPTOR];
static uint64_t at;
static enum action action;
static int error_number, stays;
static const char *calls, *under;
static int64_t clock_offset;
static uint64_t clock_from;

#define REAL(name) ((__typeof__(&name))real_##name)
#define LOOK_UP(name) (real_##name = dlsym(RTLD_NEXT, #name))
static void *real_open, *real_open64, *real_openat, *real_read, *real_pread, *real_pread64, *real_write, *real_pwrite,
    *real_pwrite64, *real_fsync, *real_fdatasync, *real_ftruncate, *real_ftruncate64, *real_rename, *real_renameat2, *real_link,
    *real_linkat, *real_unlink, *real_close, *real_mkdir, *real_clock_gettime, *real_gettimeofday, *real_time,
    *real_fcntl, *real_fcntl64, *real_flock;

static uint64_t number(const char *name) {
  const char *text = getenv(name);
  return text ? strtoull(text, NULL, 10) : 0;
}

__attribute__((constructor)) static void begin(void) {
  LOOK_UP(open), LOOK_UP(open64), LOOK_UP(openat), LOOK_UP(read), LOOK_UP(pread), LOOK_UP(pread64);
  LOOK_UP(write), LOOK_UP(pwrite), LOOK_UP(pwrite64), LOOK_UP(fsync), LOOK_UP(fdatasync);
  LOOK_UP(ftruncate), LOOK_UP(ftruncate64), LOOK_UP(rename), LOOK_UP(renameat2), LOOK_UP(link), LOOK_UP(linkat), LOOK_UP(unlink);
  LOOK_UP(close), LOOK_UP(mkdir), LOOK_UP(clock_gettime), LOOK_UP(gettimeofday), LOOK_UP(time);
  LOOK_UP(fcntl), LOOK_UP(fcntl64), LOOK_UP(flock);
  calls = getenv("FAULT_CALLS");
  under = getenv("FAULT_UNDER");
  stays = getenv("FAULT_STAYS") != NULL;
  at = number("FAULT_AT");
  const char *what = getenv("FAULT_DO");
  if (!what) action = COUNT;
  else if (!strcmp(what, "kill")) action = KILL;
  else if (!strcmp(what, "torn")) action = TORN;
  else if (!strcmp(what, "short")) action = SHORT;
  else action = FAIL, error_number = atoi(what);
  const char *clock = getenv("FAULT_CLOCK");
  if (clock) {
    char *end;
    clock_offset = strtoll(clock, &end, 10);
    clock_from = *end == ':' ? strtoull(end + 1, NULL, 10) : 0;
  }
  const char *file = getenv("FAULT_COUNT");
  if (file) {
    int descriptor = REAL(open)(file, O_RDWR | O_CLOEXEC);
    void *shared = descriptor < 0 ? MAP_FAILED : mmap(NULL, 8, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (shared != MAP_FAILED) count = shared;
  }
  // What this program starts is not to fail.
  unsetenv("LD_PRELOAD");
}

static int counts(const char *call) {
  if (!calls) return 1;
  size_t length = strlen(call);
  for (const char *word = calls; (word = strstr(word, call)); word += length)
    if ((word == calls || word[-1] == ',') && (word[length] == 0 || word[length] == ',')) return 1;
  return 0;
}

static int is_ours(const char *path) { return !under || (path && !strncmp(path, under, strlen(under))); }
static int follows(int descriptor) {
  return descriptor >= 0 && descriptor < MAX_DESCRIPTOR && is_followed[descriptor];
}

static _Noreturn void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

/* What is to happen to this call, which is one that counts. */
static enum action judge(const char *call) {
  if (!counts(call)) return COUNT;
  uint64_t now = atomic_fetch_add(count, 1) + 1;
  if (at == 0 || !(now == at || (stays && now > at))) return COUNT;
  if (action == KILL || (action == TORN && strcmp(call, "write"))) die();
  return action;
}

static int opened(int descriptor, const char *path) {
  if (descriptor >= 0 && descriptor < MAX_DESCRIPTOR) is_followed[descriptor] = is_ours(path);
  return descriptor;
}

#define FAIL_IF_TOLD(ours, call)          \
  if ((ours) && judge(call) == FAIL) {    \
    errno = error_number;                 \
    return -1;                            \
  }

#define MODE(flags)                                \
  mode_t mode = 0;                                 \
  if ((flags) & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY))) { \
    va_list list;                                  \
    va_start(list, flags);                         \
    mode = va_arg(list, mode_t);                   \
    va_end(list);                                  \
  }

int open(const char *path, int flags, ...) {
  MODE(flags)
  FAIL_IF_TOLD(is_ours(path), "open")
  return opened(REAL(open)(path, flags, mode), path);
}
int open64(const char *path, int flags, ...) {
  MODE(flags)
  FAIL_IF_TOLD(is_ours(path), "open")
  return opened(REAL(open64)(path, flags, mode), path);
}
int openat(int folder, const char *path, int flags, ...) {
  MODE(flags)
  FAIL_IF_TOLD(is_ours(path), "open")
  return opened(REAL(openat)(folder, path, flags, mode), path);
}

#define TRANSFER(call, name, ...)                            \
  size_t part = length;                                      \
  enum action told = follows(descriptor) ? judge(call) : COUNT; \
  if (told == FAIL) {                                        \
    errno = error_number;                                    \
    return -1;                                               \
  }                                                          \
  if ((told == SHORT || told == TORN) && length > 1) part = length / 2; \
  ssize_t done = REAL(name)(descriptor, bytes, part, ##__VA_ARGS__);    \
  if (told == TORN) die();                                   \
  return done;

ssize_t read(int descriptor, void *bytes, size_t length) { TRANSFER("read", read) }
ssize_t pread(int descriptor, void *bytes, size_t length, off_t offset) { TRANSFER("read", pread, offset) }
ssize_t pread64(int descriptor, void *bytes, size_t length, off64_t offset) { TRANSFER("read", pread64, offset) }
ssize_t write(int descriptor, const void *bytes, size_t length) { TRANSFER("write", write) }
ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t offset) { TRANSFER("write", pwrite, offset) }
ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t offset) {
  TRANSFER("write", pwrite64, offset)
}

/* What is not a lock passes through with the one argument that it may have. */
#define CONTROL(name)                                                                                            \
  va_list list;                                                                                                  \
  va_start(list, command);                                                                                       \
  void *argument = va_arg(list, void *);                                                                         \
  va_end(list);                                                                                                  \
  int locks = command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK || command == F_OFD_SETLKW;    \
  FAIL_IF_TOLD(locks && follows(descriptor) && ((struct flock *)argument)->l_type != F_UNLCK, "lock")            \
  return REAL(name)(descriptor, command, argument);

int fcntl(int descriptor, int command, ...) { CONTROL(fcntl) }
int fcntl64(int descriptor, int command, ...) { CONTROL(fcntl64) }
int flock(int descriptor, int operation) {
  FAIL_IF_TOLD(follows(descriptor) && !(operation & LOCK_UN), "lock")
  return REAL(flock)(descriptor, operation);
}

int fsync(int descriptor) {
  FAIL_IF_TOLD(follows(descriptor), "sync")
  return REAL(fsync)(descriptor);
}
int fdatasync(int descriptor) {
  FAIL_IF_TOLD(follows(descriptor), "sync")
  return REAL(fdatasync)(descriptor);
}
int ftruncate(int descriptor, off_t length) {
  FAIL_IF_TOLD(follows(descriptor), "truncate")
  return REAL(ftruncate)(descriptor, length);
}
int ftruncate64(int descriptor, off64_t length) {
  FAIL_IF_TOLD(follows(descriptor), "truncate")
  return REAL(ftruncate64)(descriptor, length);
}
int rename(const char *from, const char *to) {
  FAIL_IF_TOLD(is_ours(to), "rename")
  return REAL(rename)(from, to);
}
int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
  FAIL_IF_TOLD(is_ours(to), "rename")
  return REAL(renameat2)(from_folder, from, to_folder, to, flags);
}
int link(const char *from, const char *to) {
  FAIL_IF_TOLD(is_ours(to), "link")
  return REAL(link)(from, to);
}
int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
  FAIL_IF_TOLD(is_ours(to), "link")
  return REAL(linkat)(from_folder, from, to_folder, to, flags);
}
int unlink(const char *path) {
  FAIL_IF_TOLD(is_ours(path), "unlink")
  return REAL(unlink)(path);
}
int mkdir(const char *path, mode_t mode) {
  FAIL_IF_TOLD(is_ours(path), "mkdir")
  return REAL(mkdir)(path, mode);
}
int close(int descriptor) {
  int ours = follows(descriptor);
  if (ours) is_followed[descriptor] = 0;
  // The descriptor is gone even where the call says that it failed (close(2)).
  if (ours && judge("close") == FAIL) {
    REAL(close)(descriptor);
    errno = error_number;
    return -1;
  }
  return REAL(close)(descriptor);
}

static int64_t offset_now(void) {
  if (!clock_offset) return 0;
  return atomic_fetch_add(&clock_readings, 1) >= clock_from ? clock_offset : 0;
}
int clock_gettime(clockid_t clock, struct timespec *time) {
  int result = REAL(clock_gettime)(clock, time);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += offset_now();
  return result;
}
int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  int result = REAL(gettimeofday)(time, zone);
  if (result == 0) time->tv_sec += offset_now();
  return result;
}
time_t time(time_t *result) {
  time_t now = REAL(time)(NULL) + offset_now();
  if (result) *result = now;
  return now;
}
