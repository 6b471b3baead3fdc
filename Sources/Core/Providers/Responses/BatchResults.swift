internal import Domain
internal import JSONScan

/// The results of a batch: a line for each of its requests.
package enum BatchResults {
    /// Reads the answers of OpenAI's or Anthropic's results; lines that are something else tell nothing.
    package static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> [MeteredResponse] {
        bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            (try? JSONValue.parse(UnsafeBufferPointer(rebasing: line))).flatMap(response)
        }
    }

    private static func response(_ line: JSONValue) -> MeteredResponse? {
        if let body = line["response"]?["body"] {
            return response(body, line["response"]?["status_code"]?.integer ?? 200)
        }
        guard line["result"]?["type"]?.text == "succeeded" else { return nil }
        return line["result"]?["message"].flatMap { response($0, 200) }
    }

    private static func response(_ body: JSONValue, _ status: Int64) -> MeteredResponse? {
        guard status < 400, let usage = body["usage"] else { return nil }
        var response = MeteredResponse()
        response.reachedEnd = true
        response.responseID = body["id"]?.text
        response.model = body["model"]?.text
        response.createdAt = (body["created"] ?? body["created_at"])?.integer.map { Timestamp(seconds: $0) }
        let surface: APISurface =
            switch body["object"]?.text {
            case "response": .responses
            case nil: .messages
            default: .chatCompletions
            }
        response.take(usage: usage, surface)
        // Whatever the answer says of itself: it was a batch.
        response.serviceTier = "batch"
        return response
    }
}
