#define _GNU_SOURCE
#include "caresphere_runtime.h"

#include <fcntl.h>
#include <unistd.h>

int caresphere_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }
