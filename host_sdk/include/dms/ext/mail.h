/* mail.h - host service, optional: e-mail to people outside of the dealership, by the host's own mail server, and what
 * they answer. */
#ifndef DMS_EXT_MAIL_H
#define DMS_EXT_MAIL_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DMS_MAIL_ID "dms.mail/1"

/** What is to be sent (schema dms.mail/1): {"to":"anna.huber@example.at","name":"Anna Huber",
 *  "sender":"Autohaus Tauernblick, Wien","reply_to":"lukas.steiner@example.at","subject":"...","text":"...",
 *  "language":"de","reference":"lead:4711","automatic":true,"until_us":1795858800000000}. "to", "subject" and "text"
 *  there must be; the address of the sender is the host's. "automatic": no person wrote it. The host marks it so
 *  (RFC 3834) that no machine answers. "until_us": what is not sent by then has failed (microseconds in UTC); absent:
 *  it is tried for a day.
 *
 *  What became of it, and what came back, are news (schema dms.mail_news/1), each with its own "change", which grows
 *  with every change of any mail:
 *  {"kind":"mail","id":"12","reference":"lead:4711","state":"waiting"|"sent"|"failed","problem":"...","change":317}
 *  {"kind":"reply","id":"r7","mail":"12","reference":"lead:4711","from":"anna.huber@example.at","received_at_us":0,
 *   "subject":"...","text":"...","attachments":1,"files":[{"name":"registration.pdf","bytes":182044}],"change":318}
 *  A mail is told of as it is now; "sent" may become "failed" where a mail server says so later. "problem" is one
 *  sentence and absent where there is none. A reply is what a person wrote, as plain text: what machines send back
 *  (holiday notes, receipts, bounces) is none, and a bounce makes its mail "failed". "attachments": how many files came
 *  with it, "files": what they are called and how large they are, as far as the host says it; they stay in its mailbox.
 *
 *  The host tells of news by the events "mail.changed" and "mail.received" (dms/ext/event.h), after they were
 *  committed. A plugin asks for what it has not seen by the greatest "change" that it knows, with each event and from
 *  time to time: so it misses nothing while it is disabled, and hears the same twice without harm. */
typedef struct dms_mail {
  void *context;
  /** [any] {"address":"leads@example.at","name":"Autohaus Tauernblick","replies":true}: who the mails are from, and
   *  whether answers come back. */
  dms_status(DMS_CALL *sender)(void *context, const dms_sink *json, dms_error *error);
  /** [worker] Takes a mail and keeps it; writes its document as it stands. It is sent after that, and tried again for
   *  a day where it must be. Idempotent under `key`. dms_invalid: an address that is none, or something is missing;
   *  dms_refused: the host does not send it, `error` says why. */
  dms_status(DMS_CALL *send)(void *context, const dms_call *call, dms_str key, dms_str mail, const dms_sink *json,
                             dms_error *error);
  /** [any] One mail as it stands; dms_not_found. */
  dms_status(DMS_CALL *get)(void *context, dms_str id, const dms_sink *json, dms_error *error);
  /** [any] The news of this plugin's mails whose "change" is greater than `after` (0: all), in the order of their
   *  changes, at most `limit` (1 to 500) of them. Writes an array; an empty one where there is nothing new. */
  dms_status(DMS_CALL *changed)(void *context, int64_t after, uint32_t limit, const dms_sink *json, dms_error *error);
} dms_mail;

DMS_ASSERT(sizeof(dms_mail) == 40, "dms_mail never changes");

#ifdef __cplusplus
}
#endif
#endif
