/* host.h - a host in plain C: services over a few arrays, registries, and the calls into a plugin. */
#ifndef C_HOST_H
#define C_HOST_H

#include "dms/sdk.h"

/* Text that grows; owned by whoever declares it, freed with buffer_free. */
struct buffer {
  char *text; /* NUL-terminated; NULL while empty */
  size_t length;
};
void buffer_add(struct buffer *to, const char *bytes, size_t length);
void buffer_free(struct buffer *of);
dms_sink buffer_sink(struct buffer *into);

dms_str str_of(const char *text);
int same(dms_str text, const char *other);
/* The first text or number behind "name": in a document, copied into `into`; empty where there is none. A real host has
 * a JSON library. */
void member(const char *document, const char *name, char *into, size_t room);

enum { most_items = 64 };

/* What the plugin registered; a handle is the place in its table. Of screens, hooks and jobs the pointer is kept. */
struct registered {
  const dms_screen *screens[most_items];
  const dms_import_hook *hooks[most_items];
  const dms_job *jobs[most_items];
  const dms_event_handler *handlers[most_items]; /* of what this host asks and tells about */
  char menus[most_items][64];                    /* paths */
  char rights[most_items][2][128];               /* id, roles that have it */
};
extern struct registered registered;

/* What the host keeps; everything is made under a key and answered again under it. */
struct record {
  char key[DMS_MAX_KEY + 1];
  char reference[DMS_MAX_KEY + 1];
  char email[DMS_MAX_KEY + 1];
  char user[DMS_MAX_KEY + 1]; /* whose it is */
  char *document;             /* as it came, without its closing brace and without whose it is */
  int ended;
};
struct records {
  struct record items[most_items];
  int count;
};
extern struct records customers, contacts;
extern const char *data_folder;
enum { people_count = 3 };
struct person {
  const char *user, *name, *role;
  int active;
};
extern struct person people[people_count];
void set_active(struct person *who, int active);
const void *find_service(const dms_host *host, dms_str id);

/* A call of a user, or of the host itself where `user` is empty; `roles` are his. */
struct caller {
  const char *user, *name, *role, *channel, *request;
};
dms_call call_of(const struct caller *who);
/* NULL where there is none for this user: what he may not see does not exist. */
const dms_screen *screen_of(const struct caller *who, const char *id);

#endif
