import Attribution
import Documents
import Domain
import Foundation
import Statistics
import Testing

@Suite("Synthetic control: invariances, several treated, bad requests")
struct SyntheticInvarianceTests {
    /// Eight units over fourteen times; the last four with an effect of 3 on `u0`.
    private func rows(_ transform: (Double) -> Double = { $0 }, treated: Int = 1) -> [String] {
        var random = SeededRandom(seed: 5)
        let common = random.related(14, correlation: 0.7)
        return (0..<8).flatMap { unit -> [String] in
            let (level, loading) = (10 + 2 * random.gaussian(), 1 + 0.3 * random.gaussian())
            return (0..<14).map { time in
                let effect = unit < treated && time >= 10 ? 3.0 : 0
                let value = level + loading * common[time] + 0.1 * random.gaussian() + effect
                return "u\(unit),\(2000 + time),\(transform(value))"
            }
        }
    }

    private func study(_ rows: [String], _ method: SyntheticMethod) throws -> SyntheticControlStudy {
        try SyntheticControlStudy(
            try StudyData.panel(rows), .init(treated: ["u0"], start: "2010"), .init(method: method))
    }

    @Test("A factor on the outcome is a factor on the effect", arguments: [SyntheticMethod.outcomeOnly, .ridge, .sdid])
    func scale(_ method: SyntheticMethod) throws {
        let plain = try study(rows(), method)
        for factor in [1e6, 1e-6, -2] {
            let scaled = try study(rows { $0 * factor }, method)
            #expect(isNear(scaled.fit.meanGap / factor, plain.fit.meanGap, 1e-6))
            for (a, b) in zip(scaled.fit.weights, plain.fit.weights) { #expect(isNear(a, b, 1e-6)) }
            #expect(scaled.placebos.rules.map(\.rank) == plain.placebos.rules.map(\.rank))
        }
    }

    @Test("A constant added to every outcome changes nothing", arguments: [SyntheticMethod.outcomeOnly, .ridge, .sdid])
    func shift(_ method: SyntheticMethod) throws {
        let (plain, moved) = (try study(rows(), method), try study(rows { $0 + 1000 }, method))
        #expect(isNear(moved.fit.meanGap, plain.fit.meanGap, 1e-6))
        #expect(moved.effect.grade == plain.effect.grade)
        #expect(moved.placebos.rules == plain.placebos.rules)
    }

    @Test("The order of rows changes no number")
    func order() throws {
        var random = SeededRandom(seed: 8)
        let plain = try study(rows(), .outcomeOnly)
        let mixed = try study(rows().shuffled(using: &random), .outcomeOnly)
        #expect(mixed.fit.weights == plain.fit.weights && mixed.fit.gaps == plain.fit.gaps)
        #expect(mixed.effect.interval == plain.effect.interval)
        #expect(mixed.effect.warnings.contains { $0.contains("out of order") })
    }

    @Test("Several treated: their mean, groups of donors as placebos, a jackknife for synthetic differences")
    func several() throws {
        let panel = try StudyData.panel(rows(treated: 2))
        let request = PanelStudy.Request(treated: ["u0", "u1"], start: "2010")
        let study = try SyntheticControlStudy(panel, request, .init(method: .sdid))
        #expect(study.effect.treatedCount == 2 && study.effect.controlCount == 6)
        #expect(isNear(study.fit.meanGap, 3, 1))
        #expect(study.placebos.isDrawn && study.placebos.placebos.count == 200)
        let jackknife = study.json.text.contains("\"jackknife_standard_error\": null")
        #expect(!jackknife)
    }

    @Test("Every format holds the plots and the same effect")
    func formats() throws {
        let study = try study(rows(), .outcomeOnly)
        let html = HTMLRenderer().render(study.document)
        #expect(html.components(separatedBy: "<svg class=\"lines\"").count == 4)
        #expect(html.contains("polygon class=\"band\"") == (study.effect.interval?.low != nil))
        let text = TextRenderer(width: 100, useColour: false).render(study.document)
        let markdown = MarkdownRenderer().render(study.document)
        let number = NumberText.fixed(study.fit.meanGap, decimals: 3)
        for page in [text, markdown, html] { #expect(page.contains(number)) }
        for key in ["weights", "pre_rmspe", "post_gap", "post_gaps", "placebo_p_value", "placebos", "leave_one_out"] {
            #expect(study.json.text.contains("\"\(key)\":"))
        }
    }

    @Test(
        "What cannot be answered is refused by name",
        arguments: [
            (PanelStudy.Request(treated: ["u9"], start: "2010"), "u9"),
            (PanelStudy.Request(treated: [], start: "2010"), "--treated"),
            (PanelStudy.Request(treated: ["u0"], start: "2001"), "at least 2"),
            (PanelStudy.Request(treated: ["u0"], start: "2030"), "2030"),
            (PanelStudy.Request(treated: ["u0"], start: "soon"), "--start"),
            (PanelStudy.Request(treated: ["u0"], start: "2010", end: "2005"), "--end"),
            (PanelStudy.Request(treated: ["u0"], start: "2010", donors: ["u0", "u1"]), "u0 is treated"),
            (PanelStudy.Request(treated: ["u0"], start: "2010", excluded: (1..<8).map { "u\($0)" }), "No unit is left"),
        ])
    func refusals(_ request: PanelStudy.Request, _ word: String) throws {
        let panel = try StudyData.panel(rows())
        let error = #expect(throws: StudyError.self) { try SyntheticControlStudy(panel, request, .init()) }
        #expect(error?.message.contains(word) == true)
    }

    @Test("A donor with a gap is left out by name, a treated unit with one is refused, a constant outcome too")
    func gaps() throws {
        var holed = rows()
        holed[14 * 3 + 2] = "u3,2002,"
        let study = try study(holed, .outcomeOnly)
        #expect(!study.names.contains("u3"))
        #expect(study.effect.warnings.contains { $0.contains("u3 has no y at 2002") })
        var broken = rows()
        broken[4] = "u0,2004,NA"
        #expect(throws: StudyError.self) { try self.study(broken, .outcomeOnly) }
        #expect(throws: StudyError.self) { try self.study(rows { _ in 7 }, .outcomeOnly) }
    }

    @Test("A treated unit beyond all donors has a poor fit, which its grade says")
    func poorFit() throws {
        let far = rows().map { $0.hasPrefix("u0,") ? $0 + "000" : $0 }
        let moved = far.map { row -> String in
            guard row.hasPrefix("u0,") else { return row }
            let cells = row.split(separator: ",")
            return "u0,\(cells[1]),\((Double(cells[2]) ?? 0) + 50)"
        }
        let study = try study(moved, .outcomeOnly)
        #expect(study.effect.grade == .beforeAfter)
        #expect(study.effect.warnings.contains { $0.contains("poor") })
    }
}
