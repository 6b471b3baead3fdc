#include "price_book.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char bytes[] = {
#embed "price-book.json"
};

const unsigned char *payback_price_book(void) { return bytes; }
size_t payback_price_book_size(void) { return sizeof(bytes); }
