#include "caresphere_cmark.h"

#include <dlfcn.h>
#include <pthread.h>

/* What is used of libcmark's interface (cmark.h, unchanged from 0.29 to 0.31). It is opened when Markdown is first
   met, so that nobody who sends none needs it. */
struct allocator {
  void *(*allocate)(size_t, size_t);
  void *(*reallocate)(void *, size_t);
  void (*release)(void *);
};
enum { OPTION_DEFAULT = 0 }; /* since 0.29 the safe one */

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char *(*to_html)(const char *, size_t, int);
static struct allocator *(*default_allocator)(void);

static void load(void) {
  static const char *const names[] = {"libcmark.so.0.30.2", "libcmark.so.0.30.3", "libcmark.so.0.31.0",
                                      "libcmark.so.0.31.1", "libcmark.so.0.31.2", "libcmark.so"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    void *library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!library) continue;
    *(void **)&to_html = dlsym(library, "cmark_markdown_to_html");
    *(void **)&default_allocator = dlsym(library, "cmark_get_default_mem_allocator");
    if (to_html && default_allocator) return;
    to_html = NULL;
    dlclose(library);
  }
}

int caresphere_cmark_is_available(void) {
  pthread_once(&once, load);
  return to_html != NULL;
}

char *caresphere_cmark_html(const char *text, size_t length) {
  if (!caresphere_cmark_is_available()) return NULL;
  return to_html(text, length, OPTION_DEFAULT);
}

void caresphere_cmark_free(char *html) {
  if (html) default_allocator()->release(html);
}
