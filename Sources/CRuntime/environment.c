#include "caresphere_runtime.h"

extern char **environ;

char *const *caresphere_environment(void) { return environ; }
