internal import Domain
internal import JSONScan
internal import NIOHTTP1

/// What a caller's headers say, read in one pass.
struct CallerHeaders {
    /// Texts that may be the caller's virtual key, in the order of the headers.
    var keys: [String] = []
    var customer: String?
    var feature: String?
    var team: String?
    var session: String?
    var tags: [String] = []
    var mostRetries: Int?
    var traceParent: String?
    var upstream: String?
    var isAnthropic = false
    /// Whether the caller signs for AWS: its key is then the id of an access key, which proves nothing to a provider.
    var isSigned = false
    var expectsContinue = false
    /// The headers that go on to the upstream.
    var forwarded = HTTPHeaders()

    init(_ headers: HTTPHeaders) {
        forwarded.reserveCapacity(headers.count + 4)
        for (name, value) in headers { take(name, value) }
    }

    private mutating func take(_ name: String, _ value: String) {
        switch HeaderRole.of(name) {
        case .key: takeKey(value)
        case .customer: customer = customer ?? value.nonEmpty
        case .feature: feature = feature ?? value.nonEmpty
        case .team: team = team ?? value.nonEmpty
        case .session: session = session ?? value.nonEmpty
        case .tags: tags += value.split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty }
        case .tagsJSON: takeJSON(value)
        case .retries: mostRetries = mostRetries ?? Int(value)
        case .upstream: upstream = value.nonEmpty
        case .expect: expectsContinue = value.lowercased() == "100-continue"
        case .gatewayOnly: takeTag(name, value)
        case .hop, .contentLength: break
        case .requestMetadata:
            takeJSON(value)
            forwarded.add(name: name, value: value)
        case .anthropicVersion:
            isAnthropic = true
            forwarded.add(name: name, value: value)
        case .traceParent:
            traceParent = value
            forwarded.add(name: name, value: value)
        case .pass: forwarded.add(name: name, value: value)
        }
    }

    /// The key itself, behind `Bearer`, or of AWS's signatures the access key's id.
    private mutating func takeKey(_ value: String) {
        guard value.hasPrefix("AWS4-") else { return keys.append(Self.secret(value)) }
        isSigned = true
        guard let mark = value.firstRange(of: "Credential=") else { return }
        keys.append(String(value[mark.upperBound...].prefix { $0 != "/" && $0 != "," }))
    }

    /// `Helicone-Property-Team: growth` is the tag `team=growth`.
    private mutating func takeTag(_ name: String, _ value: String) {
        let lower = name.lowercased()
        for prefix in HeaderRole.tagPrefixes where lower.hasPrefix(prefix) && !value.isEmpty {
            add(tag: String(lower.dropFirst(prefix.count)), value)
        }
    }

    private mutating func takeJSON(_ value: String) {
        guard let object = try? JSONValue.parse(value) else { return }
        for member in object.members {
            if let text = member.value.text { add(tag: member.key, text) }
        }
    }

    /// Some tags are dimensions of the ledger under another name.
    private mutating func add(tag key: String, _ value: String) {
        switch key.lowercased() {
        case "customer", "customer_id", "tenant", "_user", "user", "user_id": customer = customer ?? value
        case "feature", "feature_id", "use_case": feature = feature ?? value
        case "team", "team_id": team = team ?? value
        case "session", "session_id": session = session ?? value
        default: tags.append("\(key)=\(value)")
        }
    }

    /// The key behind `Bearer`.
    private static func secret(_ value: String) -> String {
        value.count > 7 && value.prefix(7).lowercased() == "bearer " ? value.dropFirst(7).trimmed : value
    }
}

extension String {
    /// The text, unless it is empty.
    var nonEmpty: String? { isEmpty ? nil : self }
}
