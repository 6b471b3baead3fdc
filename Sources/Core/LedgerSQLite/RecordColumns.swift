/// The columns of the record table, in order. ``RecordWriter`` and ``RecordReader`` walk them in this order.
///
/// Columns that are absent or have their usual value are NULL, which costs one byte.
enum RecordColumns {
    /// Names by their ids.
    static let terms = [
        "source", "provider", "host_provider", "requested_model", "model", "service_tier", "region", "customer",
        "feature", "team", "environment", "credential", "tags", "experiment_arm", "price_book_version",
        "baseline_method", "template", "action_reason",
    ]
    /// Texts that do not repeat.
    static let texts = ["request_id", "response_id", "session", "prompt_label"]
    /// Tokens; NULL is unknown.
    static let tokens = [
        "uncached_input", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning", "audio_input",
        "audio_output", "image_input", "image_output",
    ]
    /// Numbers and codes.
    static let numbers = [
        "latency", "time_to_first_token", "purpose", "attempt", "status", "http_status", "usage_source", "cost",
        "cost_kind", "baseline", "prefix_block_tokens", "action", "has_source_id",
    ]
    /// Hashes of the prompt: 16 bytes each, then 8 per block of its beginning.
    static let hashes = ["prompt_exact", "prompt_normalised", "prefix_hashes"]
    /// Things billed by the piece, `kind=millionths` in lines; and 1 where another source had reported the response
    /// before: such a record is kept, but not summed.
    static let rest = ["extras", "is_flagged"]

    /// All names, in order.
    static let names = terms + texts + tokens + numbers + hashes + rest

    /// All columns with their types, for creating the table.
    static var declarations: [String] {
        names.map { name in
            texts.contains(name) || name == "extras"
                ? name + " TEXT" : hashes.contains(name) ? name + " BLOB" : name + " INTEGER"
        }
    }
}
