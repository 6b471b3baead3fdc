// The shipped price book, embedded so that the executable is one file.
#ifndef PAYBACK_PRICE_BOOK_H
#define PAYBACK_PRICE_BOOK_H

#include <stddef.h>

/// The bytes of price-book.json; not zero-terminated.
const unsigned char *payback_price_book(void);
/// How many bytes `payback_price_book` points to.
size_t payback_price_book_size(void);

#endif
