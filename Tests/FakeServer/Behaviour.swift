import Foundation

/// What an answer should be like.
struct Behaviour: Hashable, Sendable {
    var status = 200
    var delay: Int64 = 0
    var deltas = 3
    var pace: Int64 = 0
    var bytes = 90
    var input = 57
    var output = 17
    var cached = 2
    var cut: Int?
    var streams = false
    var includesUsage = false

    /// Reads a request's body, and what it is told between exclamation marks.
    init(body: [String: Any], told: String) {
        streams = body["stream"] as? Bool ?? false
        includesUsage = (body["stream_options"] as? [String: Any])?["include_usage"] as? Bool ?? false
        for pair in told.split(separator: ",") {
            let parts = pair.split(separator: "=")
            guard parts.count == 2, let value = Int(parts[1]) else { continue }
            set(String(parts[0]), value)
        }
    }

    private mutating func set(_ key: String, _ value: Int) {
        switch key {
        case "status": status = value
        case "delay": delay = Int64(value)
        case "deltas": deltas = value
        case "pace": pace = Int64(value)
        case "bytes": bytes = value
        case "input": input = value
        case "output": output = value
        case "cached": cached = value
        case "cut": cut = value
        default: break
        }
    }

    /// The answer's text.
    var text: String { String(repeating: "Yes, Santa is real. ", count: bytes / 20 + 1).prefix(bytes).description }
}
