internal import JSONScan

extension TokenizerJSON {
    /// How texts are cut: byte-level's own pattern, or one `Split` whose regular expression is known.
    func pattern() throws(TokenizerError) -> PretokenizerPattern {
        let steps = preTokenizers
        guard let last = steps.last, last["type"]?.text == "ByteLevel", steps.count <= 2 else {
            let names = steps.map { $0["type"]?.text ?? "none" }.joined(separator: ", ")
            throw fault(
                "pre_tokenizer",
                "\(names.isEmpty ? "none" : names) is not supported, only ByteLevel, alone or after one Split; "
                    + "count without this file")
        }
        if last["add_prefix_space"]?.isTrue == true {
            throw fault("pre_tokenizer", "ByteLevel with add_prefix_space is not supported; count without this file")
        }
        let cuts = last["use_regex"] != .bool(false)
        if steps.count == 1, cuts { return .gpt2 }
        guard steps.count == 2, !cuts else {
            throw fault("pre_tokenizer", "ByteLevel has to cut with use_regex, or a Split before it; not both or none")
        }
        return try splitPattern(steps[0])
    }

    private var preTokenizers: [JSONValue] {
        guard let step = document["pre_tokenizer"], step != .null else { return [] }
        return step["type"]?.text == "Sequence" ? step["pretokenizers"]?.elements ?? [] : [step]
    }

    private func splitPattern(_ split: JSONValue) throws(TokenizerError) -> PretokenizerPattern {
        let type = split["type"]?.text ?? "none"
        guard type == "Split", let expression = split["pattern"]?["Regex"]?.text else {
            throw fault("pre_tokenizer", "\(type) is not supported, only Split by a Regex; count without this file")
        }
        // A pattern that matches everything cuts the same whether matches are kept or all between them is removed.
        let behaviour = split["behavior"]?.text ?? "none"
        let isInverted = split["invert"]?.isTrue == true
        guard behaviour == "Isolated" && !isInverted || behaviour == "Removed" && isInverted else {
            throw fault("pre_tokenizer", "Split with the behaviour \(behaviour) is not supported; count without it")
        }
        guard let pattern = PretokenizerPattern(regularExpression: expression) else {
            let known = PretokenizerPattern.allCases.map(\.rawValue).joined(separator: ", ")
            throw fault(
                "pre_tokenizer",
                "the Split pattern \(expression.prefix(200)) is not known, only those of \(known); "
                    + "count without this file")
        }
        return pattern
    }
}
