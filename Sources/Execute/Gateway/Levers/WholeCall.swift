internal import JSONScan
internal import NIOCore
internal import Providers

/// A caller's request asking for one whole answer: shadows are compared, not read along.
struct WholeCall {
    let uri: String
    let route: RequestRoute
    let body: ByteBuffer

    /// `nil` where the body is no JSON object.
    init?(_ body: ByteBuffer, uri: String, route: RequestRoute) {
        let isGeminiStream = route.family == .gemini && route.streams
        self.uri = isGeminiStream ? Self.whole(uri) : uri
        self.route = isGeminiStream ? RequestRoute(uri: self.uri, isAnthropic: false) : route
        guard route.family != .gemini else {
            self.body = body
            return
        }
        let parsed = body.withUnsafeReadableBytes { try? JSONValue.parse($0.bindMemory(to: UInt8.self)) }
        guard case .object(let members) = parsed else { return nil }
        let kept = members.filter { !["stream", "stream_options", "cache"].contains($0.key) }
        self.body = ByteBuffer(bytes: JSONValue.object(kept).compactBytes)
    }

    private static func whole(_ uri: String) -> String {
        let parts = uri.split(separator: "?", maxSplits: 1)
        let query = parts.dropFirst().first?.split(separator: "&").filter { $0 != "alt=sse" } ?? []
        let path = (parts.first ?? "").replacing(":streamGenerateContent", with: ":generateContent")
        return path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }
}
