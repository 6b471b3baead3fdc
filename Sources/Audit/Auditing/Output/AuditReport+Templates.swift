internal import Documents
internal import Domain

extension AuditReport {
    /// The dearest templates, and what could be done about each.
    var templateBlocks: [Block] {
        let heading = Block.heading(level: 2, text: "Dearest templates")
        let templates = findings.topTemplates.prefix(top)
        if templates.isEmpty {
            let hint = Hint(
                "No prompts in this input: give a prompt or template column.",
                command: "payback audit FILE --mapping MAP.yaml")
            return [heading, .hint(hint)]
        }
        var table = Table(
            "Templates, the dearest first", columns: templateColumns, rows: templates.map { templateRow($0) },
            total: templateRow(Cell("Total"), findings.totals, model: nil))
        if let rest = self.rest(after: Array(templates)) { table.rows.append(rest) }
        table.detailTitle = "What could be done"
        return [heading, .table(table)]
    }

    private var templateColumns: [Column] {
        [
            Column("Template"), Column("Main model", priority: 1), Column("Spend, $", .decimal),
            Column("Share of \(basisName), %", .decimal), Column("Requests", .decimal),
            Column("Cost per request, $", .decimal),
        ]
    }

    private func templateRow(_ template: TemplateFinding) -> Row {
        let full = template.pattern ?? template.name
        let label = Cell(templateLabel(full), exact: full.count > 28 ? String(full.prefix(400)) : nil)
        return templateRow(label, template.measures, model: template.mainModel, detail: template.advice)
    }

    /// A pattern can be as long as a prompt. Its first words tell templates apart, or else its last ones.
    private func templateLabel(_ full: String) -> String {
        let alike = findings.topTemplates.count { ($0.pattern ?? $0.name).hasPrefix(full.prefix(24)) }
        if alike > 1, full.count > 28 { return full.prefix(10) + "… " + full.suffix(17) }
        return full.count > 80 ? full.prefix(79) + "…" : full
    }

    private func templateRow(
        _ label: Cell, _ measures: UsageMeasures, model: String?, detail: String? = nil
    ) -> Row {
        Row(
            [
                label, Cell(model ?? ""), spendCell(measures), Cell(NumberText.percentage(share(measures))),
                Cell(NumberText.count(measures.requests)), unitCostCell(measures),
            ], detail: detail)
    }

    /// Everything that belongs to none of the listed templates, so that the table adds up.
    private func rest(after templates: [TemplateFinding]) -> Row? {
        var listed = UsageMeasures()
        for template in templates { listed += template.measures }
        var rest = findings.totals
        for field in UsageMeasures.fields { rest[keyPath: field.path] -= listed[keyPath: field.path] }
        return rest.calls > 0 ? templateRow(Cell("everything else"), rest, model: nil) : nil
    }
}
