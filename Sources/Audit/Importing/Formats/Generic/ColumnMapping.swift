package import Inputs
internal import JSONScan

/// Which column each of a record's fields comes from, as a mapping file says it.
package struct ColumnMapping: Sendable {
    /// Columns and the fields that they fill.
    package let columns: [(field: GenericField, column: String)]
    /// Fields that are the same in every row.
    package let constants: [GenericField: String]

    /// Reads a mapping: `field: column`, or `field: =constant`.
    ///
    /// - Throws: ``InputError`` with the line of a field that does not exist.
    package init(_ document: YAMLDocument) throws(InputError) {
        let members = document.root.members
        guard !members.isEmpty else {
            throw InputError(.malformed, file: document.file, "A mapping was expected, for example: model: model_name.")
        }
        var columns: [(field: GenericField, column: String)] = []
        var constants: [GenericField: String] = [:]
        for member in members {
            guard let field = GenericField(name: member.key) else {
                let known = GenericField.allCases.map(\.name).joined(separator: ", ")
                throw InputError(
                    .malformed, file: document.file, line: document.line(of: member.key), field: member.key,
                    "There is no such field. The fields are: \(known).")
            }
            guard let column = member.value.text else {
                throw InputError(
                    .malformed, file: document.file, line: document.line(of: member.key), field: member.key,
                    "The name of a column, or a constant after =, was expected.")
            }
            if column.hasPrefix("=") {
                constants[field] = String(column.dropFirst())
            } else {
                columns.append((field, column))
            }
        }
        self.columns = columns
        self.constants = constants
    }
}
