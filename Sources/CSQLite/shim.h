#ifndef CARESPHERE_CSQLITE_SHIM_H
#define CARESPHERE_CSQLITE_SHIM_H

#include <sqlite3.h>

/* Extended codes are computed macros, which Swift does not import. */
enum {
  CARESPHERE_CONSTRAINT_UNIQUE = SQLITE_CONSTRAINT_UNIQUE,
  CARESPHERE_CONSTRAINT_PRIMARYKEY = SQLITE_CONSTRAINT_PRIMARYKEY,
  CARESPHERE_CONSTRAINT_ROWID = SQLITE_CONSTRAINT_ROWID,
  CARESPHERE_CONSTRAINT_FOREIGNKEY = SQLITE_CONSTRAINT_FOREIGNKEY,
  CARESPHERE_CONSTRAINT_DATATYPE = SQLITE_CONSTRAINT_DATATYPE,
};

/* sqlite3_db_config is variadic, which Swift cannot call. */
static inline int caresphere_sqlite3_db_config_flag(sqlite3 *db, int option, int on, int *now) {
  return sqlite3_db_config(db, option, on, now);
}

/* SQLITE_TRANSIENT is a cast of -1 to a function pointer, which Swift does not import. */
static inline int caresphere_sqlite3_bind_text_transient(
    sqlite3_stmt *statement, int index, const char *text, long long length) {
  return sqlite3_bind_text64(
      statement, index, text, (sqlite3_uint64)length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int caresphere_sqlite3_bind_blob_transient(
    sqlite3_stmt *statement, int index, const void *bytes, long long length) {
  return sqlite3_bind_blob64(
      statement, index, bytes, (sqlite3_uint64)length, SQLITE_TRANSIENT);
}

static inline void caresphere_sqlite3_result_text_transient(
    sqlite3_context *context, const char *text, long long length) {
  sqlite3_result_text64(
      context, text, (sqlite3_uint64)length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline void caresphere_sqlite3_result_blob_transient(
    sqlite3_context *context, const void *bytes, long long length) {
  sqlite3_result_blob64(context, bytes, (sqlite3_uint64)length, SQLITE_TRANSIENT);
}

#endif
