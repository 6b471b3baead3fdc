package import Documents
package import JSONScan

extension JSONOutput {
    /// What was read, to be written again.
    package init(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .number(let text): self = .exact(text)
        case .string(let text): self = .string(text)
        case .array(let elements): self = .array(elements.map { JSONOutput($0) })
        case .object(let members):
            self = .object(members.map { JSONOutput.Member($0.key, JSONOutput($0.value)) })
        }
    }
}
