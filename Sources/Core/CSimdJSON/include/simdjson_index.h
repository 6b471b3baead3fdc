// A thin C face on simdjson's first stage: where the structural characters of a buffer are.
//
// Only stage 1 is used. Payback reads a handful of fields of each record, so building a document, or iterating one
// document at a time, costs more than walking the structural positions ourselves.
#ifndef PAYBACK_SIMDJSON_INDEX_H
#define PAYBACK_SIMDJSON_INDEX_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Holds the structural positions of the last buffer; grows as needed, belongs to one thread at a time.
typedef struct payback_json_index payback_json_index;

/// A new index, or null if memory is short.
payback_json_index *payback_json_index_create(void);
void payback_json_index_destroy(payback_json_index *index);

/// Indexes `length` bytes, which may hold several JSON documents one after the other.
/// Returns 0, or simdjson's error code (an unclosed string, a raw control character in a string, bytes that are not
/// UTF-8, no memory). After an error the positions are not to be used.
int32_t payback_json_index_run(payback_json_index *index, const uint8_t *bytes, size_t length);

/// Positions of `{ } [ ] : ,` outside strings, of opening quotes, and of the first byte of each other scalar, ascending.
const uint32_t *payback_json_index_positions(const payback_json_index *index);
/// How many positions the last run found.
size_t payback_json_index_count(const payback_json_index *index);

/// What an error code means, in English.
const char *payback_json_error_message(int32_t code);

/// Reads a decimal number that fills `length` bytes, right to the last bit and in no locale: `-12.5`, `3e8`. Returns 0,
/// or 1 where they are no finite decimal number.
int32_t payback_decimal_number(const uint8_t *bytes, size_t length, double *value);

#ifdef __cplusplus
}
#endif
#endif
