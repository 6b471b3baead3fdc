// A thin C face on libcurl: one mail over SMTP.
#ifndef PAYBACK_MAIL_H
#define PAYBACK_MAIL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Sends one mail to one recipient and waits until the server has taken it.
///
/// `url` is smtp://host:port (STARTTLS) or smtps://host:port; `user` and `password` may be NULL. With `require_tls` nothing, the
/// password least of all, is said before the connection is encrypted. Returns 0, or another number with the reason in `error`;
/// neither the password nor the message ever stands in it.
int32_t payback_mail_send(
    const char *url, const char *user, const char *password, const char *from, const char *recipient,
    const uint8_t *message, size_t length, int64_t timeout_seconds, int32_t require_tls, char *error,
    size_t error_length);

#ifdef __cplusplus
}
#endif
#endif
