internal import Inputs
internal import JSONScan
internal import Providers

/// What only Bedrock has: a region, and requests that are signed with an access key.
extension UpstreamReader {
    /// The runtime's address in a region; China's are under a domain of their own.
    static func bedrockURL(_ region: String) -> String {
        "https://bedrock-runtime.\(region).amazonaws.com" + (region.hasPrefix("cn-") ? ".cn" : "")
    }

    /// Whether a text can be a region: it stands in addresses and signatures.
    static func isRegion(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 64
            && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }

    /// The region; needed to sign, and for the address where none is given.
    static func region(_ section: InputSection, _ kind: UpstreamKind) -> String? {
        guard kind == .bedrock else { return nil }
        guard let region = section.expandedText("region") else {
            let isNeeded = section.value["base_url"] == nil || section.value["access_key_id"] != nil
            if section.value["region"] == nil, isNeeded {
                section.complain("region", "it is missing; write the one whose models are called, us-east-1")
            }
            return nil
        }
        guard isRegion(region) else {
            section.complain("region", "\"\(region)\" is no region of AWS; write us-east-1")
            return nil
        }
        return region
    }

    /// The access key, where the requests are signed.
    static func accessKey(_ section: InputSection, _ upstream: Upstream, _ region: String?) -> AWSCredentials? {
        let keys = ["access_key_id", "secret_access_key", "session_token"]
        let stated = keys.filter { (section.value[$0] ?? .null) != .null }
        guard let first = stated.first else { return nil }
        guard upstream.kind == .bedrock else {
            section.complain(first, "only an upstream of the kind bedrock has one")
            return nil
        }
        if !upstream.credentials.isEmpty {
            section.complain(
                first, "there are credentials as well; a call is sent with a key of those, or it is signed")
        }
        for key in keys.prefix(2) where !stated.contains(key) {
            section.complain(key, "it is missing; requests are signed with both halves of an access key")
        }
        guard let id = section.secret(keys[0]), let secret = section.secret(keys[1]) else { return nil }
        return AWSCredentials(
            accessKeyID: id.value, secretAccessKey: secret.value, sessionToken: section.secret(keys[2])?.value)
    }

    /// What the environment alone configures, in the names that AWS's own tools read.
    static func bedrock(of environment: [String: String]) -> Upstream? {
        func value(_ name: String) -> String? { environment[name]?.nonEmpty }
        guard let region = value("AWS_REGION") ?? value("AWS_DEFAULT_REGION"), isRegion(region) else { return nil }
        let url = value("AWS_ENDPOINT_URL_BEDROCK_RUNTIME") ?? bedrockURL(region)
        var upstream = Upstream(name: UpstreamKind.bedrock.rawValue, kind: .bedrock, baseURL: base(url, without: "/"))
        upstream.region = region
        if let key = value("AWS_BEARER_TOKEN_BEDROCK") {
            upstream.credentials = [Secret(key)]
            return upstream
        }
        guard let id = value("AWS_ACCESS_KEY_ID"), let secret = value("AWS_SECRET_ACCESS_KEY") else { return nil }
        upstream.accessKey = AWSCredentials(
            accessKeyID: id, secretAccessKey: secret, sessionToken: value("AWS_SESSION_TOKEN"))
        return upstream
    }
}
