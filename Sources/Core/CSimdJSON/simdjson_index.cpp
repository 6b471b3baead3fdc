#include "simdjson_index.h"

#include <simdjson.h>

#include <memory>
#include <new>

struct payback_json_index {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
    size_t capacity = 0;
};

namespace {
constexpr size_t smallest_capacity = 1 << 20;
constexpr size_t depth = 1024;  // unused by stage 1, required by the constructor
}  // namespace

extern "C" payback_json_index *payback_json_index_create(void) { return new (std::nothrow) payback_json_index(); }

extern "C" void payback_json_index_destroy(payback_json_index *index) { delete index; }

extern "C" int32_t payback_json_index_run(payback_json_index *index, const uint8_t *bytes, size_t length) {
    if (!index->parser || index->capacity < length) {
        size_t capacity = length < smallest_capacity ? smallest_capacity : length;
        auto code = simdjson::get_active_implementation()->create_dom_parser_implementation(
            capacity, depth, index->parser);
        if (code != simdjson::SUCCESS) { index->capacity = 0; return code; }
        index->capacity = capacity;
    }
    return index->parser->stage1(bytes, length, simdjson::stage1_mode::regular);
}

extern "C" const uint32_t *payback_json_index_positions(const payback_json_index *index) {
    return index->parser ? index->parser->structural_indexes.get() : nullptr;
}

extern "C" size_t payback_json_index_count(const payback_json_index *index) {
    return index->parser ? index->parser->n_structural_indexes : 0;
}

extern "C" const char *payback_json_error_message(int32_t code) {
    return simdjson::error_message(static_cast<simdjson::error_code>(code));
}
