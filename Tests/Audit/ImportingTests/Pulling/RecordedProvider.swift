import Domain
import Importing
import Synchronization

/// A provider that answers from recorded pages, and remembers what it was asked.
final class RecordedProvider: PullTransport {
    private let asked = Mutex<[PullRequest]>([])
    private let answer: @Sendable (PullRequest, _ number: Int) throws(PullError) -> PullResponse

    /// Answers each question, the first of which has the number 1.
    init(_ answer: @escaping @Sendable (PullRequest, Int) throws(PullError) -> PullResponse) { self.answer = answer }

    /// What it was asked so far.
    var requests: [PullRequest] { asked.withLock { $0 } }
    /// The paths with their parameters.
    var urls: [String] { requests.map { $0.url(base: "") } }

    func send(_ request: PullRequest) async throws(PullError) -> PullResponse {
        let number = asked.withLock { asked in
            asked.append(request)
            return asked.count
        }
        return try answer(request, number)
    }
}

extension PullResponse {
    /// A page.
    static func page(_ text: String, headers: [String: String] = [:]) -> PullResponse {
        PullResponse(status: 200, headers: headers, body: Array(text.utf8))
    }

    /// A refusal.
    static func status(_ status: Int, _ text: String = "", headers: [String: String] = [:]) -> PullResponse {
        PullResponse(status: status, headers: headers, body: Array(text.utf8))
    }
}

/// Pages in the words of the providers' own documentation.
enum RecordedPages {
    /// OpenAI's completions usage: one bucket of a day, from a start in seconds.
    static func completions(day start: Int64, input: Int = 1000, output: Int = 500, next: String? = nil) -> String {
        """
        {"object":"page","data":[{"object":"bucket","start_time":\(start),"end_time":\(start + 86_400),"results":[
        {"object":"organization.usage.completions.result","input_tokens":\(input),"input_cached_tokens":400,
        "output_tokens":\(output),"num_model_requests":5,"project_id":null,"user_id":null,"api_key_id":null,
        "model":"gpt-4o-mini-2024-07-18","batch":false,"service_tier":null}]}],
        "has_more":\(next != nil),"next_page":\(next.map { "\"\($0)\"" } ?? "null")}
        """
    }

    /// A page of buckets without usage.
    static let nothing = #"{"object":"page","data":[],"has_more":false,"next_page":null}"#

    /// Anthropic's usage of a day.
    static let messages = """
        {"data":[{"starting_at":"2025-08-01T00:00:00Z","ending_at":"2025-08-02T00:00:00Z","results":[
        {"uncached_input_tokens":1500,"cache_creation":{"ephemeral_1h_input_tokens":1000,"ephemeral_5m_input_tokens":500},
        "cache_read_input_tokens":200,"output_tokens":500,"server_tool_use":{"web_search_requests":10},
        "model":"claude-sonnet-4-20250514","service_tier":"standard","context_window":"0-200k"}]}],
        "has_more":true,"next_page":"page_MjAyNS0wNS0xNFQwMDowMDowMFo="}
        """

    /// LiteLLM's rows, numbered, on the first of October 2026.
    static func spendLogs(_ numbers: Range<Int>, pages: Int, isCapped: Bool = false) -> String {
        let rows = numbers.map { number in
            """
            {"request_id":"chatcmpl-\(number)","call_type":"acompletion","spend":0.00024,"total_tokens":1200,
            "prompt_tokens":1000,"completion_tokens":200,"startTime":"2026-10-01T10:00:0\(number % 10).000Z",
            "endTime":"2026-10-01T10:00:09.600Z","model":"gpt-4o-mini","custom_llm_provider":"openai","metadata":{},
            "cache_hit":"False","request_tags":[],"end_user":"acme","messages":{},"status":"success"}
            """
        }
        return """
            {"data":[\(rows.joined(separator: ","))],"total":\(pages * 100),"page":1,"page_size":100,
            "total_pages":\(pages),"total_is_capped":\(isCapped)}
            """
    }
}
