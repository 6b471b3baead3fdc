#include "mail.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

// What is still to be sent.
typedef struct {
    const uint8_t *bytes;
    size_t left;
} payback_rest;

static pthread_once_t begun = PTHREAD_ONCE_INIT;

static void begin(void) { curl_global_init(CURL_GLOBAL_DEFAULT); }

static size_t take(char *buffer, size_t size, size_t count, void *context) {
    payback_rest *rest = context;
    size_t room = size * count;
    size_t taken = rest->left < room ? rest->left : room;
    memcpy(buffer, rest->bytes, taken);
    rest->bytes += taken;
    rest->left -= taken;
    return taken;
}

static CURLcode configure(
    CURL *curl, const char *url, const char *user, const char *password, const char *from,
    const struct curl_slist *recipients, int64_t timeout_seconds, int32_t require_tls) {
    CURLcode code = curl_easy_setopt(curl, CURLOPT_URL, url);
    // An address from a file must not become a request to anything but a mail server.
    if (code == CURLE_OK) code = curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    if (code == CURLE_OK) code = curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    if (code == CURLE_OK) code = curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)timeout_seconds);
    if (code == CURLE_OK)
        code = curl_easy_setopt(curl, CURLOPT_USE_SSL, require_tls ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_TRY);
    if (code == CURLE_OK && user) code = curl_easy_setopt(curl, CURLOPT_USERNAME, user);
    if (code == CURLE_OK && password) code = curl_easy_setopt(curl, CURLOPT_PASSWORD, password);
    if (code == CURLE_OK) code = curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from);
    if (code == CURLE_OK) code = curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    return code;
}

static CURLcode send_over(CURL *curl, payback_rest *rest) {
    CURLcode code = curl_easy_setopt(curl, CURLOPT_READFUNCTION, take);
    if (code == CURLE_OK) code = curl_easy_setopt(curl, CURLOPT_READDATA, rest);
    if (code == CURLE_OK) code = curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)rest->left);
    if (code == CURLE_OK) code = curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    return code == CURLE_OK ? curl_easy_perform(curl) : code;
}

int32_t payback_mail_send(
    const char *url, const char *user, const char *password, const char *from, const char *recipient,
    const uint8_t *message, size_t length, int64_t timeout_seconds, int32_t require_tls, char *error,
    size_t error_length) {
    pthread_once(&begun, begin);
    CURL *curl = curl_easy_init();
    struct curl_slist *recipients = curl_slist_append(NULL, recipient);
    char detail[CURL_ERROR_SIZE] = "";
    payback_rest rest = {message, length};
    CURLcode code = CURLE_OUT_OF_MEMORY;
    if (curl && recipients) {
        curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, detail);
        code = configure(curl, url, user, password, from, recipients, timeout_seconds, require_tls);
        if (code == CURLE_OK) code = send_over(curl, &rest);
    }
    if (code != CURLE_OK && error_length > 0)
        snprintf(error, error_length, "%s", detail[0] ? detail : curl_easy_strerror(code));
    curl_slist_free_all(recipients);
    curl_easy_cleanup(curl);
    return (int32_t)code;
}
