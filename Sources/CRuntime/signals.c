#include "caresphere_runtime.h"

#include <signal.h>
#include <stddef.h>
#include <string.h>

static volatile sig_atomic_t received;

static void remember(int number) {
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
  handle(SIGINT, remember);
  handle(SIGTERM, remember);
  handle(SIGPIPE, SIG_IGN);
}

int caresphere_signals_received(void) { return received; }
