#ifndef CARESPHERE_RUNTIME_H
#define CARESPHERE_RUNTIME_H

/* From now on SIGINT and SIGTERM end the process at once with 130 and 143, and SIGPIPE and SIGXFSZ do
   nothing. */
void caresphere_signals_install(void);

/* While on, SIGINT and SIGTERM are only remembered, and blocking calls return EINTR, so that work can be
   rolled back and a person told so. */
void caresphere_signals_hold(int on);

/* The first SIGINT or SIGTERM that was remembered; 0 where none was. Safe from any thread. */
int caresphere_signals_received(void);

/* The process's environment, NAME=VALUE each, NULL at the end. */
char *const *caresphere_environment(void);

/* Takes an exclusive flock, waiting about that long in the kernel's queue. Returns 0, EINTR when the time
   is over or a signal came, or another errno. */
int caresphere_lock_for(int descriptor, int milliseconds);

/* A pipe whose ends no other program inherits, as pipe(2) otherwise. */
int caresphere_pipe(int ends[2]);

/* Gives a file another name, of which there must be none yet, in one step. Returns 0 or an errno: EINVAL or ENOSYS
   where the file system cannot. */
int caresphere_rename_new(const char *from, const char *to);

/* Lets two files have each other's names, in one step; the same. */
int caresphere_exchange(const char *one, const char *other);

#endif
