internal import Domain
internal import JSONScan
internal import NIOCore
internal import NIOHTTP1
internal import Providers

extension Exchange {
    /// Takes what an application says of an answer: `POST /v1/feedback` with the request's id and how much worse it was than
    /// it should be.
    func takeFeedback() {
        // Of answers that no lever gave, or too long ago, nothing follows.
        var isCounted = false
        do throws(CallerError) {
            let verdict = try postedVerdict()
            try admitAnswered()
            let served = loop.core.levers.withBooks { $0.served(verdict.requestID) }
            if let served, served.key != caller.key?.id {
                throw CallerError(
                    status: 403, code: "not_your_request", message: "The request was made with another key.",
                    parameter: "request_id")
            }
            isCounted = served != nil
            if isCounted { loop.core.feedback(verdict) }
        } catch { return refuse(error) }
        releaseTicket()
        isOver = true
        var head = HTTPResponseHead(version: .http1_1, status: .accepted)
        let body = ByteBuffer(string: #"{"accepted":true,"counted":\#(isCounted)}"#)
        head.headers = [
            "content-type": "application/json", "content-length": String(body.readableBytes),
            "x-payback-request-id": id.text,
        ]
        release { connection in
            connection.send(head)
            connection.send(body)
            connection.sendEnd(nil)
        }
    }

    private func postedVerdict() throws(CallerError) -> PostedVerdict {
        let parsed = body?.withUnsafeReadableBytes { try? JSONValue.parse($0.bindMemory(to: UInt8.self)) }
        guard let document = parsed, case .object = document else {
            throw Self.badFeedback("", "The body is no JSON object.")
        }
        guard let request = document["request_id"]?.text, !request.isEmpty, request.utf8.count <= 128 else {
            throw Self.badFeedback("request_id", "\"request_id\" is missing: what x-payback-request-id said.")
        }
        guard let loss = document["loss"].flatMap(Self.loss) ?? document["good"].flatMap(Self.good) else {
            throw Self.badFeedback("loss", "\"loss\" (0 good to 1 useless) or \"good\" (true or false) was expected.")
        }
        let comment = document["comment"]?.text.map { String($0.prefix(2_000)) }
        return PostedVerdict(
            id: "\(caller.key?.id ?? "")/\((document["id"]?.text ?? id.text).prefix(128))", requestID: request,
            loss: loss, comment: comment,
            source: caller.key?.id ?? "application", at: startedAt)
    }

    private static func loss(_ value: JSONValue) -> Double? {
        guard case .number(let text) = value, let loss = Double(text), (0...1).contains(loss) else { return nil }
        return loss
    }

    private static func good(_ value: JSONValue) -> Double? {
        guard case .bool(let isGood) = value else { return nil }
        return isGood ? 0 : 1
    }

    private static func badFeedback(_ parameter: String, _ message: String) -> CallerError {
        CallerError(
            status: 400, code: "invalid_request", message: message, parameter: parameter.isEmpty ? nil : parameter)
    }
}
