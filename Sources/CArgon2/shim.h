#ifndef CARESPHERE_CARGON2_SHIM_H
#define CARESPHERE_CARGON2_SHIM_H

#include <argon2.h>

#endif
