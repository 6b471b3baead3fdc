package import Domain
package import Inputs
internal import JSONScan

/// Reads plans from YAML or JSON. Everything that is wrong is said at once, with file, line and key.
package enum PlanReader {
    /// Reads a plan.
    ///
    /// - Throws: everything that is wrong.
    package static func read(_ document: YAMLDocument) throws(RefusedInput) -> Plan {
        let root = InputSection(context: InputSection.Context(document: document))
        root.allow(["format_version", "name", "holdout", "rules", "reference", "commitments", "error_budgets"])
        if let version = root.number("format_version", 1...Int64.max), version != Int64(Plan.formatVersion) {
            root.complain("format_version", "version \(Plan.formatVersion) was expected; a newer Payback wrote this")
        }
        var plan = Plan()
        plan.name = root.text("name") ?? ""
        plan.holdout = holdout(root.section("holdout"))
        plan.rules = root.sections("rules").compactMap { rule($0) }
        plan.reference = root.sections("reference").map { reference($0) }
        plan.commitments = Set(root.texts("commitments"))
        plan.errorBudgets = root.sections("error_budgets").map { allowance($0) }
        refuseTwins(plan.rules.map(\.name), root, "rules", "two rules are called")
        refuseTwins(plan.errorBudgets.map(\.feature), root, "error_budgets", "there are two for")
        try root.context.check()
        return plan
    }

    /// Reads a plan that was put in force.
    ///
    /// - Throws: everything that this version does not understand in it.
    package static func read(_ applied: AppliedPlan) throws(RefusedInput) -> Plan {
        let name = "plan \(applied.number)"
        do { return try read(try YAMLDocument(text: applied.body, file: name)) } catch let error as RefusedInput {
            throw error
        } catch {
            throw RefusedInput(problems: [
                InputProblem(file: name, line: nil, path: "", message: "It is no plan: \(error)")
            ])
        }
    }

    private static func holdout(_ section: InputSection) -> Plan.Holdout {
        section.allow(["share", "salt"])
        var holdout = Plan.Holdout()
        holdout.share = section.fraction("share", 0...0.9) ?? 0
        holdout.salt = section.text("salt") ?? holdout.salt
        return holdout
    }

    private static func reference(_ section: InputSection) -> Plan.ReferenceUse {
        section.allow(["feature", "provider", "model", "input_tokens", "output_tokens"])
        return Plan.ReferenceUse(
            feature: section.required("feature") ?? "", provider: section.required("provider") ?? "",
            model: section.required("model") ?? "", inputTokens: needed(section, "input_tokens"),
            outputTokens: needed(section, "output_tokens"))
    }

    private static func needed(_ section: InputSection, _ key: String) -> Int64 {
        if section.value[key] == nil { section.complain(key, "it is missing; a number of tokens was expected") }
        return section.number(key, 0...1_000_000_000) ?? 0
    }

    private static func allowance(_ section: InputSection) -> Plan.ErrorAllowance {
        section.allow(["feature", "allowed_share"])
        if section.value["allowed_share"] == nil {
            section.complain("allowed_share", "it is missing; a fraction of answers was expected")
        }
        return Plan.ErrorAllowance(
            feature: section.required("feature") ?? "", allowedShare: section.fraction("allowed_share", 0...1) ?? 0)
    }

    private static func refuseTwins(_ names: [String], _ root: InputSection, _ key: String, _ words: String) {
        var seen: Set<String> = []
        for (position, name) in names.enumerated() where !seen.insert(name).inserted {
            root.complain("\(key).\(position)", "\(words) \(name)")
        }
    }

    // MARK: Rules

    /// The levers of rules, by their names in files.
    private enum Kind: String, CaseIterable {
        case cache, routing
        case promptReduction = "prompt_reduction"
        case outputReduction = "output_reduction"
        case promptCaching = "prompt_caching"
        case serviceTier = "service_tier"
    }

    private static let shared = ["name", "lever", "state", "when", "evidence", "predicted_monthly_usd", "quality"]

    private static func rule(_ section: InputSection) -> PlanRule? {
        guard let kind = section.choice("lever", Kind.self) else {
            if section.value["lever"] == nil {
                section.complain(
                    "lever", "it is missing; one of \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            return nil
        }
        let keys = PlanActionReader.keys(of: kind.rawValue)
        section.allow(shared + keys)
        guard let action = PlanActionReader.read(kind.rawValue, section) else { return nil }
        var rule = PlanRule(name: section.required("name") ?? "", action: action)
        rule.state = section.choice("state", LeverState.self) ?? .on
        rule.selector = PlanSelectorReader.read(section.section("when"))
        rule.evidence = evidence(section.section("evidence"))
        if section.fraction("predicted_monthly_usd", -1e9...1e9) != nil {
            rule.predictedMonthly = section.text("predicted_monthly_usd").flatMap { NanoUSD(dollars: $0) }
        }
        rule.quality = QualityReader.read(section.section("quality"), floor: rule.floor)
        return rule
    }

    private static func evidence(_ section: InputSection) -> JudgedSample? {
        if section.value == .null { return nil }
        section.allow(["judged", "wrong", "judge"])
        let judged = section.number("judged", 1...1_000_000_000) ?? 0
        for key in ["judged", "wrong"] where section.value[key] == nil { section.complain(key, "it is missing") }
        let wrong = section.number("wrong", 0...1_000_000_000) ?? 0
        if wrong > judged { section.complain("wrong", "a number of at most judged (\(judged)) was expected") }
        return JudgedSample(judged: Int(judged), wrong: Int(wrong), judge: section.text("judge") ?? "")
    }
}
