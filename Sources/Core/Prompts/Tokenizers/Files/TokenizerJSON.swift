internal import JSONScan

/// A Hugging Face tokenizer.json: what is in it, and whether it can be followed exactly.
///
/// What cannot is refused by name, because a count that is nearly right looks the same as one that is.
struct TokenizerJSON {
    let document: JSONValue
    let file: String

    init(bytes: [UInt8], file: String) throws(TokenizerError) {
        guard bytes.count <= TokenizerLimits.jsonBytes else {
            throw TokenizerError(file: file, "a tokenizer.json has at most 128 MiB; name the right file")
        }
        do {
            document = try JSONValue.parse(bytes)
        } catch {
            let line = error.position.map { position in bytes.prefix(position).count { $0 == 0x0A } + 1 }
            throw TokenizerError(file: file, line: line, "it is not JSON: \(error.reason)")
        }
        self.file = file
    }

    /// The model, once its options are known to be those of a byte-level BPE.
    func model() throws(TokenizerError) -> JSONValue {
        guard let model = document["model"] else {
            throw fault("model", "it is missing; name a tokenizer.json as Hugging Face's tokenizers writes it")
        }
        let type = model["type"]?.text ?? (model["merges"] == nil ? "none" : "BPE")
        guard type == "BPE" else {
            throw fault("model.type", "\(type) is not supported, only BPE; count without this file")
        }
        if model["byte_fallback"]?.isTrue == true {
            throw fault("model.byte_fallback", "SentencePiece's fallback to bytes is not supported; count without it")
        }
        for option in ["continuing_subword_prefix", "end_of_word_suffix"] where model[option]?.text != nil {
            throw fault("model.\(option)", "it is not supported; count without this file")
        }
        if let dropout = model["dropout"]?.text, Double(dropout) != 0 {
            throw fault("model.dropout", "merges at random cannot be counted; set it to null")
        }
        return model
    }

    /// The normal form that texts are brought into.
    func normalisation() throws(TokenizerError) -> TextNormalisation {
        guard var normalizer = document["normalizer"], normalizer != .null else { return .asIs }
        if normalizer["type"]?.text == "Sequence", let steps = normalizer["normalizers"]?.elements {
            if steps.isEmpty { return .asIs }
            if steps.count == 1 { normalizer = steps[0] }
        }
        let type = normalizer["type"]?.text ?? "none"
        guard type == "NFC" || type == "NFKC", let form = TextNormalisation(rawValue: type) else {
            throw fault("normalizer", "\(type) is not supported, only NFC or NFKC; count without this file")
        }
        return form
    }

    /// Added tokens are ordinary text here. That is refused where ordinary text is full of them.
    func checkAddedTokens() throws(TokenizerError) {
        for (position, token) in (document["added_tokens"]?.elements ?? []).enumerated() {
            guard token["special"]?.isTrue != true, case .string(let content)? = token["content"] else { continue }
            if content.allSatisfy(\.isWhitespace) {
                throw fault(
                    "added_tokens[\(position)]", "added tokens of white space are not supported; count without it")
            }
        }
    }

    func fault(_ field: String, _ message: String) -> TokenizerError {
        TokenizerError(file: file, field: field, message)
    }
}
