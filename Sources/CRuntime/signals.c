#include "caresphere_runtime.h"

#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t held;
static volatile sig_atomic_t received;

static void arrive(int number) {
  if (!held) _exit(128 + number);
  if (received == 0) received = number;
}

static void handle(int number, void (*handler)(int)) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

void caresphere_signals_install(void) {
  handle(SIGINT, arrive);
  handle(SIGTERM, arrive);
  handle(SIGPIPE, SIG_IGN);
  /* A file that may not grow (setrlimit) is an error of the call that writes, which can be told and taken back. */
  handle(SIGXFSZ, SIG_IGN);
}

void caresphere_signals_hold(int on) { held = on; }

int caresphere_signals_received(void) { return received; }
