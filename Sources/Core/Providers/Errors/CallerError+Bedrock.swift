extension CallerError {
    /// Bedrock's name of the error, for the header `x-amzn-ErrorType`: SDKs tell errors by it, not by the status.
    package var bedrockType: String {
        switch status {
        case 401: "UnrecognizedClientException"
        case 402: "ServiceQuotaExceededException"
        case 403: "AccessDeniedException"
        case 404: "ResourceNotFoundException"
        case 429: "ThrottlingException"
        case 502, 503: "ServiceUnavailableException"
        case 504: "ModelTimeoutException"
        case 500...: "InternalServerException"
        default: "ValidationException"
        }
    }

    /// The error as a message of an event stream. Streams know fewer errors than answers do.
    var bedrockEvent: [UInt8] {
        let type =
            switch status {
            case 402, 429: "throttlingException"
            case 502, 503: "serviceUnavailableException"
            case 504: "modelTimeoutException"
            case 500...: "internalServerException"
            default: "validationException"
            }
        let json = String(decoding: body(in: .bedrock), as: UTF8.self)
        return EventStreamMessage(exception: type, json: json).encoded
    }
}
