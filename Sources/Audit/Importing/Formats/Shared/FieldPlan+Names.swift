internal import JSONScan

/// A field that a format wants; its raw value is its slot.
protocol FormatField: RawRepresentable<Int>, CaseIterable, Sendable {}

extension FormatField {
    /// The field's slot.
    var slot: Int { rawValue }
}

extension FieldPlan {
    /// Compiles a plan from fields and their names, the preferred ones first; dots lead into objects.
    convenience init<Field: FormatField>(_ fields: [(field: Field, names: [String])]) {
        var paths: [(path: [String], slot: Int)] = []
        for (field, names) in fields {
            for name in names { paths.append((name.split(separator: ".").map(String.init), field.slot)) }
        }
        self.init(slotCount: Field.allCases.count, paths: paths)
    }
}
