#ifndef CARESPHERE_RUNTIME_H
#define CARESPHERE_RUNTIME_H

/* Remembers SIGINT and SIGTERM instead of dying of them, and ignores SIGPIPE. Blocking calls return EINTR, so that work can be rolled back. */
void caresphere_signals_install(void);

/* The first SIGINT or SIGTERM that arrived; 0 where none has. Safe from any thread. */
int caresphere_signals_received(void);

/* The process's environment, NAME=VALUE each, NULL at the end. */
char *const *caresphere_environment(void);

/* Takes an exclusive flock, waiting about that long in the kernel's queue. Returns 0, EINTR when the time
   is over or a signal came, or another errno. */
int caresphere_lock_for(int descriptor, int milliseconds);

#endif
