import Foundation
import GatewayTestSupport
import NIOCore
import NIOHTTP1
import NIOPosix

/// Takes requests and answers them. Answers that need no thought are made once.
final class FakeServer: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private var head: HTTPRequestHead?
    private var body = ByteBuffer()
    private var made: [String: ByteBuffer] = [:]
    private let models: ToldModels

    private init(_ models: ToldModels) { self.models = models }

    /// Begins to listen.
    static func start(
        on group: any EventLoopGroup, port: Int, models: ToldModels
    ) async throws -> any Channel {
        try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
                    try channel.pipeline.syncOperations.addHandler(FakeServer(models))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): (self.head, body) = (head, ByteBuffer())
        case .body(var part):
            if body.readableBytes == 0 { body = part } else { body.writeBuffer(&part) }
        case .end: if let head { answer(head, context) }
        }
    }

    private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let path = String(head.uri.prefix { $0 != "?" })
        if path.hasPrefix("/model/") { return answerBedrock(head, path, context) }
        // A plain question is answered at once: benchmarks ask a hundred thousand of them.
        let (told, isPlain) = body.withUnsafeReadableBytes { (Self.told(in: $0), !Self.streams($0)) }
        let key = path + told
        let mayBeKnown = isPlain && models.isEmpty
        if mayBeKnown, !path.contains(":stream"), let known = made[key] { return write(known, 200, context) }
        let object = (try? JSONSerialization.jsonObject(with: Data(body.readableBytesView))) as? [String: Any] ?? [:]
        let model = object["model"] as? String ?? Self.model(in: path)
        let name = String(model.prefix { $0 != "!" })
        var how = Behaviour(body: object, told: told.isEmpty ? models[name] : told)
        if path.contains(":streamGenerateContent") { how.streams = true }
        if how.wrong != nil { how.reply(to: object, call: models.call(of: model)) }
        guard how.status == 200 else {
            return write(ByteBuffer(string: Answers.error(path, how.status)), how.status, context)
        }
        if how.streams {
            let events = Answers.stream(path, model: name, how).map { Array($0.utf8) }
            return stream(events, "text/event-stream", how, context)
        }
        let whole = ByteBuffer(string: Answers.whole(path, model: name, how))
        if mayBeKnown, how.delay == 0, how.answer == nil { made[key] = whole }
        guard how.delay > 0 else { return write(whole, 200, context) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .milliseconds(how.delay)) { bound.value.0.write(whole, 200, bound.value.1) }
    }

    /// Bedrock's requests are signed, or carry a key; both are looked at.
    private func answerBedrock(_ head: HTTPRequestHead, _ path: String, _ context: ChannelHandlerContext) {
        let bytes = Array(body.readableBytesView)
        let object = (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any] ?? [:]
        let parts = path.split(separator: "/").map { String($0).removingPercentEncoding ?? String($0) }
        let model = parts.dropFirst().first ?? ""
        var how = Behaviour(body: object, told: Self.told(in: Array(model.utf8)))
        let isBearer = head.headers.first(name: "authorization")?.hasPrefix("Bearer ") ?? false
        let headers = head.headers.map { (name: $0.name, value: $0.value) }
        if !isBearer,
            let problem = SignatureCheck.problem(
                method: head.method.rawValue, uri: head.uri, headers: headers, body: bytes)
        {
            return write(BedrockAnswers.error(problem, 403, "InvalidSignatureException"), context)
        }
        guard how.status == 200 else {
            return write(BedrockAnswers.error("as told", how.status, "ThrottlingException"), context)
        }
        how.streams = path.hasSuffix("stream")
        let action = parts.last ?? ""
        guard how.streams else { return write(BedrockAnswers.whole(action, how), context) }
        stream(BedrockAnswers.stream(action, how), "application/vnd.amazon.eventstream", how, context)
    }

    private func write(_ answer: BedrockAnswers.Answer, _ context: ChannelHandlerContext) {
        write(ByteBuffer(string: answer.body), answer.status, context, headers: answer.headers)
    }

    /// What stands between the first exclamation mark and the next, or the end of the text.
    private static func told(in bytes: [UInt8]) -> String { bytes.withUnsafeBytes { told(in: $0) } }

    private static func told(in raw: UnsafeRawBufferPointer) -> String {
        let near = raw.prefix(600)
        guard let start = near.firstIndex(of: UInt8(ascii: "!")) else { return "" }
        let rest = near[(start + 1)...]
        return String(decoding: rest.prefix { $0 != UInt8(ascii: "!") && $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }

    private static func streams(_ raw: UnsafeRawBufferPointer) -> Bool {
        String(decoding: raw.prefix(400), as: UTF8.self).contains("\"stream\"")
            || String(decoding: raw.suffix(400), as: UTF8.self).contains("\"stream\"")
    }

    private static func model(in path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        if path.contains("/deployments/") {
            return path.split(separator: "/").dropFirst(2).first.map(String.init) ?? name
        }
        return String(name.prefix { $0 != ":" }).removingPercentEncoding ?? name
    }

    private func write(
        _ body: ByteBuffer, _ status: Int, _ context: ChannelHandlerContext, headers: [(String, String)] = []
    ) {
        var head = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: status))
        head.headers = ["content-type": "application/json", "content-length": String(body.readableBytes)]
        head.headers.add(contentsOf: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    private func stream(
        _ events: [[UInt8]], _ type: String, _ how: Behaviour, _ context: ChannelHandlerContext
    ) {
        var head = HTTPResponseHead(version: .http1_1, status: .ok)
        head.headers = ["content-type": type]
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        next(events[...], how, sent: 0, context)
    }

    private func next(_ events: ArraySlice<[UInt8]>, _ how: Behaviour, sent: Int, _ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        if let cut = how.cut, sent > cut { return context.close(promise: nil) }
        guard let event = events.first else {
            return context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: event)))), promise: nil)
        let rest = events.dropFirst()
        guard how.pace > 0 else { return next(rest, how, sent: sent + 1, context) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .milliseconds(how.pace)) {
            bound.value.0.next(rest, how, sent: sent + 1, bound.value.1)
        }
    }
}
