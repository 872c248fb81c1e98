/* calls.c - who asks, and what is written back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "host.h"

void buffer_add(struct buffer *to, const char *bytes, size_t length) {
  char *grown = realloc(to->text, to->length + length + 1);
  if (grown == NULL) abort();
  if (length > 0) memcpy(grown + to->length, bytes, length);
  to->text = grown;
  to->length += length;
  to->text[to->length] = '\0';
}
void buffer_free(struct buffer *of) {
  free(of->text);
  of->text = NULL;
  of->length = 0;
}
static dms_status write_buffer(void *context, dms_str bytes) {
  struct buffer *into = context;
  if (bytes.len > DMS_MAX_DOCUMENT - into->length) return dms_too_large;
  buffer_add(into, bytes.ptr, (size_t)bytes.len);
  return dms_ok;
}
dms_sink buffer_sink(struct buffer *into) {
  const dms_sink sink = {into, write_buffer};
  return sink;
}

dms_str str_of(const char *text) {
  const dms_str borrowed = {text, strlen(text)};
  return borrowed;
}
int same(dms_str text, const char *other) {
  return text.len == strlen(other) && (text.len == 0 || memcmp(text.ptr, other, text.len) == 0);
}
void member(const char *document, const char *name, char *into, size_t room) {
  char quoted[64];
  snprintf(quoted, sizeof quoted, "\"%s\":", name);
  const char *at = document == NULL ? NULL : strstr(document, quoted);
  into[0] = '\0';
  if (at == NULL) return;
  at += strlen(quoted);
  const char *end = *at == '"' ? strchr(++at, '"') : at + strcspn(at, ",}]");
  if (end != NULL && (size_t)(end - at) < room) {
    memcpy(into, at, (size_t)(end - at));
    into[end - at] = '\0';
  }
}

/* A right belongs to the roles that it names; the host itself has every one. */
static int32_t may(void *context, dms_str right) {
  const struct caller *who = context;
  if (who->user[0] == '\0') return 1;
  for (int at = 1; at < most_items; ++at) {
    if (registered.rights[at][0][0] == '\0' || !same(right, registered.rights[at][0])) continue;
    const size_t length = strlen(who->role);
    for (const char *found = registered.rights[at][1]; (found = strstr(found, who->role)) != NULL; ++found) {
      const int begins = found == registered.rights[at][1] || found[-1] == ' ';
      if (begins && (found[length] == ' ' || found[length] == '\0')) return 1;
    }
  }
  return 0;
}
static int32_t never(void *context) {
  (void)context;
  return 0;
}

dms_call call_of(const struct caller *who) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  const dms_call call = {sizeof call,
                         (void *)who,
                         str_of(who->user),
                         str_of(who->name),
                         str_of("en"),
                         str_of("1"),
                         str_of(who->channel),
                         str_of(who->request),
                         (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000,
                         may,
                         never};
  return call;
}

const dms_screen *screen_of(const struct caller *who, const char *id) {
  for (int at = 1; at < most_items; ++at) {
    const dms_screen *one = registered.screens[at];
    if (one == NULL || !same(one->id, id)) continue;
    return one->right.len == 0 || may((void *)who, one->right) ? one : NULL;
  }
  return NULL;
}
