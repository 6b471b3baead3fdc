#include "simdjson_index.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {
// Not every standard library reads floating-point numbers itself yet.
bool read_whole(const char *first, const char *last, double &value) {
#if defined(__cpp_lib_to_chars) && __cpp_lib_to_chars >= 201611L
    auto result = std::from_chars(first, last, value);
    return result.ec == std::errc() && result.ptr == last;
#else
    std::string text(first, last);
    char *end = nullptr;
    value = std::strtod(text.c_str(), &end);
    return end == text.c_str() + text.size();
#endif
}
}  // namespace

extern "C" int32_t payback_decimal_number(const uint8_t *bytes, size_t length, double *value) {
    auto first = reinterpret_cast<const char *>(bytes);
    auto last = first + length;
    if (first != last && *first == '+') first++;
    if (first == last) return 1;
    // Words such as "inf" and hexadecimal digits are left to nobody.
    for (auto place = first; place != last; place++) {
        bool is_digit = *place >= '0' && *place <= '9';
        if (!is_digit && (*place == 0 || std::strchr(".-+eE", *place) == nullptr)) return 1;
    }
    return read_whole(first, last, *value) && std::isfinite(*value) ? 0 : 1;
}
