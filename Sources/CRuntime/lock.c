#define _GNU_SOURCE
#include "caresphere_runtime.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

static void do_nothing(int number) { (void)number; }

int caresphere_lock_for(int descriptor, int milliseconds) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = do_nothing; /* without SA_RESTART, so that flock returns */
  sigemptyset(&action.sa_mask);
  sigaction(SIGALRM, &action, NULL);

  sigset_t alarm, before; /* a thread of a pool may have it blocked */
  sigemptyset(&alarm);
  sigaddset(&alarm, SIGALRM);
  pthread_sigmask(SIG_UNBLOCK, &alarm, &before);

  struct sigevent event;
  memset(&event, 0, sizeof event);
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = SIGALRM;
  event.sigev_notify_thread_id = (pid_t)syscall(SYS_gettid);
  timer_t timer;
  if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) {
    int failure = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failure;
  }

  /* It repeats, because a single tick could come just before the wait begins. */
  struct itimerspec ticks;
  ticks.it_value.tv_sec = ticks.it_interval.tv_sec = milliseconds / 1000;
  ticks.it_value.tv_nsec = ticks.it_interval.tv_nsec = (milliseconds % 1000) * 1000000L;
  timer_settime(timer, 0, &ticks, NULL);
  int result = flock(descriptor, LOCK_EX) == 0 ? 0 : errno;
  timer_delete(timer);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return result;
}
