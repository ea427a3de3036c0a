#ifndef CARESPHERE_CMARK_H
#define CARESPHERE_CMARK_H

#include <stddef.h>

/* Whether libcmark is there; it is looked for once. Safe from any thread. */
int caresphere_cmark_is_available(void);

/* CommonMark as HTML, without raw HTML and without links that run something. NULL where libcmark is not there.
   The text ends with a NUL; caresphere_cmark_free gives it back. */
char *caresphere_cmark_html(const char *text, size_t length);

void caresphere_cmark_free(char *html);

#endif
