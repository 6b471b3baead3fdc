import Foundation
import Gateway
import Prompts

extension BytePairTokenizer {
    /// Reads the tokenizer that a configuration names.
    ///
    /// - Throws: exit code 78 where there is no such file, or it is none that can be used.
    init(_ file: TokenizerFile) throws {
        guard let data = FileManager.default.contents(atPath: file.path) else {
            throw StandardError.fail(.configuration, "\(file.path): There is no such tokenizer file.")
        }
        do {
            guard let name = file.encoding else {
                self = try BytePairTokenizer(tokenizerJSON: Array(data), file: file.path)
                return
            }
            guard let encoding = PretokenizerPattern(rawValue: name) else {
                let known = PretokenizerPattern.allCases.map(\.rawValue).joined(separator: ", ")
                throw StandardError.fail(
                    .configuration, "\(file.path): There is no encoding \(name); there are \(known).")
            }
            self = try BytePairTokenizer(tiktoken: Array(data), encoding: encoding, file: file.path)
        } catch let error as TokenizerError {
            throw StandardError.fail(.configuration, error.description)
        }
    }
}
