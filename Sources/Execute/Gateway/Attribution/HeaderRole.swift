internal import Domain

/// What a request header means to the gateway. Names of LiteLLM, Helicone, Portkey, Cloudflare, Bifrost, TrueFoundry
/// and our own are understood; docs/gateway.md lists them.
enum HeaderRole: UInt8 {
    /// May carry the caller's virtual key.
    case key
    /// The customer or end user.
    case customer
    /// The feature.
    case feature
    /// The team.
    case team
    /// The session or conversation.
    case session
    /// Tags, separated by commas.
    case tags
    /// Tags as a JSON object.
    case tagsJSON
    /// Tags as a JSON object, which Bedrock's own logs take in as well: passed on.
    case requestMetadata
    /// How often to try again at most.
    case retries
    /// W3C trace context: passed on, and the parent of our span.
    case traceParent
    /// The upstream that is asked for by name.
    case upstream
    /// Concerns one connection only (RFC 9110, 7.6.1), or is set anew for the upstream.
    case hop
    /// Meant for a gateway, with no meaning to us yet: not passed on.
    case gatewayOnly
    /// `anthropic-version`: the caller speaks Anthropic's API.
    case anthropicVersion
    /// `expect`.
    case expect
    /// `content-length`.
    case contentLength
    /// `x-fake` and the rest: passed on as it is.
    case pass

    private static let exact: [(role: HeaderRole, names: [String])] = [
        (
            .key,
            [
                "authorization", "x-api-key", "api-key", "x-goog-api-key", "x-litellm-api-key", "helicone-auth",
                "x-portkey-api-key", "x-portkey-virtual-key", "x-bf-vk", "x-bf-api-key", "cf-aig-authorization",
            ]
        ),
        (
            .customer,
            [
                "x-payback-customer", "x-litellm-customer-id", "x-litellm-end-user-id", "helicone-user-id",
                "x-bf-customer-id",
            ]
        ),
        (.feature, ["x-payback-feature", "helicone-prompt-id"]),
        (.team, ["x-payback-team"]),
        (
            .session,
            [
                "x-payback-session", "x-litellm-session-id", "x-litellm-trace-id", "helicone-session-id",
                "x-portkey-trace-id", "x-bf-session-id",
            ]
        ),
        (.tags, ["x-payback-tags", "x-litellm-tags"]),
        (.tagsJSON, ["x-litellm-spend-logs-metadata", "x-portkey-metadata", "cf-aig-metadata", "x-tfy-metadata"]),
        (.requestMetadata, ["x-amzn-bedrock-request-metadata"]),
        (.retries, ["x-litellm-num-retries", "helicone-retry-num", "x-portkey-retry-count", "cf-aig-max-attempts"]),
        (.traceParent, ["traceparent"]),
        (.upstream, ["x-payback-upstream"]),
        (.anthropicVersion, ["anthropic-version"]),
        (.expect, ["expect"]),
        (.contentLength, ["content-length"]),
        (
            .hop,
            [
                "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te",
                "trailer",
                "transfer-encoding", "upgrade", "host", "accept-encoding", "http2-settings", "x-amz-date",
                "x-amz-security-token", "x-amz-content-sha256",
            ]
        ),
    ]

    /// Whether a header of an answer means the same whoever sends it.
    static func isNeutral(_ name: String) -> Bool {
        ["date", "retry-after", "content-type", "cache-control"].contains(name.lowercased())
    }

    /// Prefixes of headers that are meant for a gateway.
    private static let gatewayPrefixes = [
        "x-payback-", "x-litellm-", "helicone-", "x-portkey-", "x-bf-", "cf-aig-", "x-tfy-",
    ]

    /// Prefixes of headers whose name's end is a tag's key.
    static let tagPrefixes = ["helicone-property-", "x-bf-dim-"]

    private static let byHash: [UInt64: HeaderRole] = {
        var roles: [UInt64: HeaderRole] = [:]
        for (role, names) in exact {
            for name in names { roles[hash(name)] = role }
        }
        return roles
    }()

    /// The role of a header, in any case.
    static func of(_ name: String) -> HeaderRole {
        if let role = byHash[hash(name)] { return role }
        guard let first = name.utf8.first, [0x78, 0x58, 0x68, 0x48, 0x63, 0x43].contains(first) else { return .pass }
        let lower = name.lowercased()
        return gatewayPrefixes.contains { lower.hasPrefix($0) } ? .gatewayOnly : .pass
    }

    /// FNV-1a over the name in lower case; the table is small and its names are known, so it is checked for collisions
    /// by the tests rather than at run time.
    private static func hash(_ name: String) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 {
            hash = (hash ^ UInt64(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)) &* 0x100_0000_01b3
        }
        return hash
    }
}
