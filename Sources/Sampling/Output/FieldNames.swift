/// What stands between the values of a line.
struct FieldNames: Sendable {
    let timestamp = Array("{\"timestamp\":\"".utf8)
    let requestID = Array("\",\"request_id\":\"".utf8)
    let endOfText = Array("\",".utf8)
    let uncachedInput = Array("\"uncached_input\":".utf8)
    let cacheRead = Array(",\"cache_read\":".utf8)
    let cacheWrite5m = Array(",\"cache_write_5m\":".utf8)
    let output = Array(",\"output\":".utf8)
    let reasoning = Array(",\"reasoning\":".utf8)
    let latency = Array(",\"latency_ms\":".utf8)
    let firstToken = Array(",\"time_to_first_token_ms\":".utf8)
    let status = Array(",\"status\":".utf8)
    let cost = Array(",\"cost_usd\":".utf8)
    let prompt = Array(",\"prompt\":\"".utf8)
    let promptHash = Array(",\"prompt_hash\":\"".utf8)
    let composed = Array(",\"composed\":true".utf8)
    let endOfLine = Array("}\n".utf8)
}
