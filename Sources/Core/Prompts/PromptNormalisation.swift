/// Folds what does not change a prompt's meaning: case, and runs of white space.
package enum PromptNormalisation {
    /// Appends the folded bytes: ASCII letters in lower case, each run of white space as one blank, none at the ends.
    ///
    /// Letters beyond ASCII are folded too, where there are any; that path is slower.
    package static func append(_ bytes: UnsafeBufferPointer<UInt8>, to result: inout [UInt8]) {
        if bytes.contains(where: { $0 >= 0x80 }) {
            let folded = Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8)
            folded.withUnsafeBufferPointer { appendASCII($0, to: &result) }
        } else {
            appendASCII(bytes, to: &result)
        }
    }

    private static func appendASCII(_ bytes: UnsafeBufferPointer<UInt8>, to result: inout [UInt8]) {
        let start = result.count
        var pendingBlank = false
        for byte in bytes {
            if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) {
                pendingBlank = result.count > start
                continue
            }
            if pendingBlank {
                result.append(0x20)
                pendingBlank = false
            }
            result.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
        }
    }
}
