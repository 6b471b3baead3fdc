package import JSONScan
internal import Yams

/// A YAML file as a tree of plain values, with the lines of its keys.
package struct YAMLDocument: Sendable {
    /// The file as the user named it.
    package let file: String
    /// The content: mappings as objects, sequences as arrays, plain scalars by their look.
    package let root: JSONValue
    private let lines: [String: Int]

    /// Parses a document.
    ///
    /// - Throws: ``InputError`` with the line of the fault.
    package init(text: String, file: String) throws(InputError) {
        self.file = file
        do {
            let node = try Yams.compose(yaml: text)
            var lines: [String: Int] = [:]
            root = node.map { Self.value($0, path: "", &lines) } ?? .null
            self.lines = lines
        } catch let error as YamlError {
            throw InputError(
                .malformed, file: file, line: Self.line(of: error), "It is not valid YAML: \(Self.reason(of: error)).")
        } catch {
            throw InputError(.malformed, file: file, "It is not valid YAML.")
        }
    }

    /// Reads and parses a file.
    ///
    /// - Throws: ``InputError`` where it cannot be read or is not YAML.
    package init(path: String) throws(InputError) {
        try self.init(text: try TextFile.read(path), file: path)
    }

    /// The same file with other content; keys that were there keep their lines.
    package func replacing(root: JSONValue) -> YAMLDocument { YAMLDocument(file: file, root: root, lines: lines) }

    private init(file: String, root: JSONValue, lines: [String: Int]) {
        (self.file, self.root, self.lines) = (file, root, lines)
    }

    /// The line of a key, named by its path with dots: `models.0.provider`.
    package func line(of path: String) -> Int? { lines[path] }

    private static func value(_ node: Node, path: String, _ lines: inout [String: Int]) -> JSONValue {
        lines[path] = node.mark?.line
        switch node {
        case .scalar(let scalar): return Self.value(scalar)
        case .sequence(let sequence):
            return .array(sequence.enumerated().map { value($1, path: join(path, "\($0)"), &lines) })
        case .mapping(let mapping):
            return .object(
                mapping.map { key, node in
                    let name = key.string ?? ""
                    let member = JSONValue.Member(key: name, value: value(node, path: join(path, name), &lines))
                    lines[join(path, name)] = key.mark?.line ?? lines[join(path, name)]
                    return member
                })
        case .alias: return .null
        }
    }

    private static func value(_ scalar: Node.Scalar) -> JSONValue {
        guard scalar.style == .plain else { return .string(scalar.string) }
        switch scalar.string {
        case "", "~", "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: return ExactDecimalText.isNumber(scalar.string) ? .number(scalar.string) : .string(scalar.string)
        }
    }

    private static func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : path + "." + key }

    private static func line(of error: YamlError) -> Int? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: nil
        }
    }

    private static func reason(of error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        case .duplicatedKeysInMapping(let keys, _):
            "the key \(keys.map { "\($0)" }.joined(separator: ", ")) is given twice"
        default: "it cannot be read"
        }
    }
}
