internal import Domain
internal import NIOCore
internal import NIOHTTP1
internal import Providers

extension OutgoingRequest {
    /// The path with the upstream's own id of the model in it, escaped as AWS's clients do, and without a signature in
    /// its query.
    static func bedrockURI(of exchange: Exchange, _ target: CallTarget) -> String {
        let parts = exchange.head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts.first ?? "/"
        if exchange.route.model != nil, let model = target.model, let action = path.split(separator: "/").last {
            return "\(target.address.pathPrefix)/model/\(model.percentEncoded)/\(action)"
        }
        let query = (parts.dropFirst().first ?? "").split(separator: "&").filter { !$0.hasPrefix("X-Amz-") }
        return target.address.pathPrefix + path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }

    /// Signs a request as the owner of an access key.
    static func sign(
        _ head: inout HTTPRequestHead, _ body: ByteBuffer?, with key: AWSCredentials, region: String,
        at moment: Timestamp
    ) {
        let hash = (body ?? ByteBuffer()).withUnsafeReadableBytes { AWSSignature.hash($0) }
        let signed = head.headers.filter { isSigned($0.name.lowercased()) }.map { (name: $0.name, value: $0.value) }
        let request = AWSSignature.Request(
            method: head.method.rawValue, uri: head.uri, headers: signed, payloadHash: hash)
        let signature = AWSSignature(credentials: key, region: region, service: "bedrock")
        for (name, value) in signature.headers(for: request, at: moment) {
            head.headers.replaceOrAdd(name: name, value: value)
        }
    }

    /// What a server may change on the way, such as a trace's id, is not signed.
    private static func isSigned(_ name: String) -> Bool {
        name == "host" || name == "content-type" || (name.hasPrefix("x-amz") && name != "x-amzn-trace-id")
    }
}
