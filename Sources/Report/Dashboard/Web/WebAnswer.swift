internal import Documents

/// An answer of the control plane, free of sockets.
enum WebAnswer: Sendable {
    /// A page of the dashboard.
    case page(Page)
    /// The browser goes on to another page, after a form for example.
    case redirect(String)
    /// Anything with a media type: a report, an asset, JSON.
    case content(Content)
    /// What was asked for cannot be done.
    case refusal(Refusal)
    /// The browser is signed in or out: a cookie, and where to go.
    case session(secret: String?, to: String)
    /// The browser goes to where somebody signs in, and keeps what it has to bring back.
    case departure(cookie: String, to: String)
    /// Events, as they happen.
    case events

    /// JSON for programs.
    static func json(_ value: JSONOutput, status: Int = 200) -> WebAnswer {
        .content(Content(status: status, type: "application/json", text: value.text))
    }

    /// A refusal with what to do.
    static func refusal(_ status: Int, _ code: String, _ message: String) -> WebAnswer {
        .refusal(Refusal(status: status, code: code, message: message))
    }
}

/// A body with its media type.
struct Content: Sendable {
    /// The HTTP status.
    var status = 200
    /// The media type.
    var type: String
    /// The body.
    var body: [UInt8]
    /// The file's name, where a browser should keep it rather than show it.
    var fileName: String?
    /// Whether a browser may keep it.
    var isCacheable = false

    /// Bytes.
    init(status: Int = 200, type: String, body: [UInt8], fileName: String? = nil, isCacheable: Bool = false) {
        (self.status, self.type, self.body) = (status, type, body)
        (self.fileName, self.isCacheable) = (fileName, isCacheable)
    }

    /// A text.
    init(status: Int = 200, type: String, text: String, fileName: String? = nil) {
        self.init(status: status, type: type, body: Array(text.utf8), fileName: fileName)
    }
}

/// Why something cannot be done, for people and for programs.
struct Refusal: Error, Sendable, Hashable {
    /// The HTTP status.
    var status: Int
    /// A word for programs: `not_found`.
    var code: String
    /// A sentence with what to do.
    var message: String
    /// Seconds after which it may be tried again.
    var retryAfter: Int?

    /// As the API writes it.
    var json: JSONOutput { ["error": ["code": .string(code), "message": .string(message)]] }

    /// Something in a request that cannot be understood.
    static func bad(_ message: String) -> Refusal { Refusal(status: 400, code: "bad_request", message: message) }

    /// Something that is not there.
    static func missing(_ message: String) -> Refusal { Refusal(status: 404, code: "not_found", message: message) }
}
