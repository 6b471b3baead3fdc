/// A line chart as a picture of its own, with its numbers in a table below it.
struct HTMLLineChart {
    let chart: LineChart
    let carriesData: Bool

    private static let width = 960.0
    private static let height = 280.0
    private static let left = 72.0
    private static let bottom = 32.0
    private static let right = 136.0
    private static let top = 12.0

    /// The chart's lines of HTML.
    var lines: [String] {
        let title = HTMLText.element("strong", chart.title)
        let subtitle = HTMLText.element("span", "class=\"soft\"", chart.subtitle)
        let box = "viewBox=\"0 0 \(Int(Self.width)) \(Int(Self.height))\""
        return ["<figure>", "<figcaption>\(title) \(subtitle)</figcaption>"]
            + ["<svg class=\"lines\" \(box) role=\"img\" aria-label=\"\(HTMLText.escaped(chart.title))\">"]
            + axis + band + chart.series.flatMap { line($0) } + labels + ["</svg>"] + data + table + ["</figure>"]
    }

    // MARK: Places

    private var range: ClosedRange<Double> { chart.range }

    private func x(_ point: Int) -> Double {
        let last = max(chart.points.count - 1, 1)
        return Self.left + Double(point) / Double(last) * (Self.width - Self.left - Self.right)
    }

    private func y(_ value: Double) -> Double {
        let span = range.upperBound - range.lowerBound
        let share = span > 0 ? (value - range.lowerBound) / span : 0.5
        return Self.height - Self.bottom - share * (Self.height - Self.bottom - Self.top)
    }

    private func text(_ value: Double) -> String { NumberText.fixed(value, decimals: 1) }

    // MARK: Parts

    private var axis: [String] {
        let ticks = Ticks.nice(range, about: 5)
        let rules = ticks.map { tick -> String in
            let place = text(y(tick))
            let name = HTMLText.escaped(NumberText.short(tick))
            let kind = tick == 0 ? "zero" : "grid"
            return
                "<line class=\"\(kind)\" x1=\"\(text(Self.left))\" x2=\"\(text(Self.width - Self.right))\" y1=\"\(place)\" y2=\"\(place)\"/>"
                + "<text class=\"tick\" text-anchor=\"end\" x=\"\(text(Self.left - 8))\" y=\"\(text(y(tick) + 4))\">\(name)</text>"
        }
        let step = max((chart.points.count - 1) / 6, 1)
        let names = chart.points.indices.filter { $0 % step == 0 }.map { point in
            "<text class=\"tick\" text-anchor=\"middle\" x=\"\(text(x(point)))\" y=\"\(text(Self.height - 10))\">"
                + HTMLText.escaped(chart.points[point]) + "</text>"
        }
        let place = "x=\"\(text(Self.left - 16))\" y=\"\(text(Self.height - 10))\""
        let title = "<text class=\"tick\" text-anchor=\"end\" \(place)>"
        // A long first name, a date for example, stands where the axis would be named, and needs no name.
        let isNamed = (chart.points.first?.count ?? 0) <= 4
        return rules + names + (isNamed ? [title + HTMLText.escaped(chart.axis) + "</text>"] : [])
    }

    private var band: [String] {
        guard let band = chart.band else { return [] }
        let up = chart.points.indices.compactMap { point in band.high[point].map { "\(text(x(point))),\(text(y($0)))" }
        }
        let down = chart.points.indices.reversed().compactMap { point in
            band.low[point].map { "\(text(x(point))),\(text(y($0)))" }
        }
        return ["<polygon class=\"band\" points=\"\((up + down).joined(separator: " "))\"/>"]
    }

    private func line(_ series: LineSeries) -> [String] {
        let places = chart.points.indices.compactMap { point in
            series.values[point].map { (x: x(point), y: y($0)) }
        }
        if places.isEmpty { return [] }
        let path = places.map { "\(text($0.x)),\(text($0.y))" }.joined(separator: " ")
        let dash = series.isDashed ? " dashed" : ""
        let role = HTMLRenderer.name(series.role)
        return ["<polyline class=\"line \(role)\(dash)\" points=\"\(path)\"/>"]
    }

    /// The lines' names at their ends, from top to bottom, none over another.
    private var labels: [String] {
        let ends = chart.named.compactMap { series -> (x: Double, y: Double, label: String)? in
            guard let point = chart.points.indices.last(where: { series.values[$0] != nil }),
                let value = series.values[point]
            else { return nil }
            return (x(point), y(value), series.label)
        }
        var lowest = -Double.infinity
        return ends.sorted { $0.y < $1.y }.map { end in
            lowest = max(end.y, lowest + 18)
            return "<text class=\"label\" x=\"\(text(end.x + 8))\" y=\"\(text(lowest + 4))\">"
                + HTMLText.escaped(end.label) + "</text>"
        }
    }

    /// The numbers for a script. JSON of ours escapes `<`, so no name can end the element.
    private var data: [String] {
        guard carriesData else { return [] }
        let numbers = { (values: [Double?]) in JSONOutput.array(values.map { .fraction($0) }) }
        var members: [JSONOutput.Member] = [
            .init("points", .array(chart.points.map { .string($0) })),
            .init(
                "series",
                .array(
                    chart.series.map {
                        [
                            "label": .string($0.label), "values": numbers($0.values),
                            "role": .string(HTMLRenderer.name($0.role)), "dashed": .bool($0.isDashed),
                        ]
                    })),
        ]
        if let band = chart.band {
            members.append(
                .init("band", ["label": .string(band.label), "low": numbers(band.low), "high": numbers(band.high)]))
        }
        let text = JSONOutput.object(members).compactText
        return ["<script type=\"application/json\" class=\"chart-data\">\(text)</script>"]
    }

    /// The numbers, for those who want them and for those who cannot see the picture.
    private var table: [String] {
        let table = chart.table(of: Array(chart.points.indices))
        return ["<details><summary>The numbers</summary>"] + HTMLTable(table: table).lines + ["</details>"]
    }
}

/// Round numbers for an axis.
enum Ticks {
    /// About so many round numbers within a range.
    static func nice(_ range: ClosedRange<Double>, about count: Int) -> [Double] {
        let span = range.upperBound - range.lowerBound
        guard span > 0, span.isFinite else { return [range.lowerBound] }
        var step = 1.0
        while step * Double(count) < span { step *= 10 }
        while step * Double(count) > span * 10 { step /= 10 }
        for divisor in [5.0, 4, 2] where span / (step / divisor) <= Double(count) + 1 {
            step /= divisor
            break
        }
        let first = (range.lowerBound / step).rounded(.up)
        let last = (range.upperBound / step).rounded(.down)
        return stride(from: first, through: last, by: 1).map { $0 * step }
    }
}

extension LineChart {
    /// The values at some of the points, as a table.
    func table(of points: [Int]) -> Table {
        var columns = [Column(axis)] + named.map { Column($0.label, .decimal) }
        if let band { columns += [Column("\(band.label), low", .decimal), Column("\(band.label), high", .decimal)] }
        let decimals = self.decimals
        let rows = points.map { point -> Row in
            let values = named.map { $0.values[point] } + (band.map { [$0.low[point], $0.high[point]] } ?? [])
            return Row(
                [Cell(self.points[point])]
                    + values.map { Cell($0.map { NumberText.fixed($0, decimals: decimals) } ?? NumberText.none) })
        }
        return Table("", columns: columns, rows: rows)
    }

    /// As many decimals as three digits of the chart's height need; none from a hundred on.
    private var decimals: Int {
        let span = range.upperBound - range.lowerBound
        guard span > 0, span.isFinite else { return 0 }
        return [100, 10, 1, 0.1, 0.01, 0.001].firstIndex { span >= $0 } ?? 6
    }
}
