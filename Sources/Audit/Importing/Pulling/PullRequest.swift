internal import Domain

/// A question to a provider's API. The key is not in it: that is the transport's to add.
package struct PullRequest: Sendable, Hashable {
    /// How it is asked.
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    /// One parameter behind the question mark.
    package struct Parameter: Sendable, Hashable {
        /// The name, as `group_by[]`.
        package let name: String
        /// The value, not escaped.
        package let value: String
    }

    /// How it is asked.
    package var method = Method.get
    /// The path from the host on: `/v1/organization/costs`.
    package let path: String
    /// The parameters, in order.
    package private(set) var query: [Parameter] = []
    /// Headers beyond the key's.
    package var headers: [String: String] = [:]
    /// The body, JSON, of a post.
    package var body: String?

    /// Creates a question without parameters.
    package init(_ path: String) { self.path = path }

    /// Adds a parameter; nothing where there is no value.
    package mutating func add(_ name: String, _ value: String?) {
        if let value { query.append(Parameter(name: name, value: value)) }
    }

    /// The value of a parameter, the first where there are several.
    package subscript(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// The whole address. A base that ends as the path begins (`https://api.openai.com/v1`) is not doubled.
    package func url(base: String) -> String {
        var base = base
        while base.hasSuffix("/") { base.removeLast() }
        let address = base + path.dropFirst(overlap(with: base))
        let parameters = query.map { $0.name.percentEncoded + "=" + $0.value.percentEncoded }
        return parameters.isEmpty ? address : address + "?" + parameters.joined(separator: "&")
    }

    /// How much of the path, in whole parts, the base has at its end.
    private func overlap(with base: String) -> Int {
        var prefix = path
        while let slash = prefix.lastIndex(of: "/"), slash > prefix.startIndex {
            prefix = String(prefix[..<slash])
            if base.hasSuffix(prefix) { return prefix.count }
        }
        return 0
    }
}

/// What a provider's API answered.
package struct PullResponse: Sendable {
    /// The HTTP status.
    package let status: Int
    /// The headers, their names in lower case.
    package let headers: [String: String]
    /// The body.
    package let body: [UInt8]

    /// Creates an answer; names of headers may be in any case.
    package init(status: Int, headers: [String: String] = [:], body: [UInt8]) {
        (self.status, self.body) = (status, body)
        self.headers = Dictionary(headers.map { ($0.lowercased(), $1) }) { first, _ in first }
    }
}

/// Carries questions to a provider and answers back.
package protocol PullTransport: Sendable {
    /// Sends a question with the account's key.
    ///
    /// - Throws: ``PullError`` of the code `unreachable` where there is no answer.
    func send(_ request: PullRequest) async throws(PullError) -> PullResponse
}
