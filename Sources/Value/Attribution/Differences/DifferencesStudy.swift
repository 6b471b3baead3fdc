internal import Statistics

/// Difference-in-differences of a panel: how much more the treated changed than the controls.
package struct DifferencesStudy: Sendable {
    /// What was asked for.
    package struct Options: Sendable, Hashable {
        /// Who is compared with where units start at different times; `nil` for those never treated, or, where there
        /// are none, those treated later.
        package var controls: GroupTimeEffects.Controls?
        /// The level of intervals, a fraction.
        package var level = 0.95
        /// Decides which groups are drawn.
        package var seed: UInt64 = 1

        /// Creates options.
        package init(controls: GroupTimeEffects.Controls? = nil) { self.controls = controls }
    }

    let options: Options
    let panel: CohortPanel
    let outcomeName: String
    /// Who is compared with.
    let controls: GroupTimeEffects.Controls
    let effects: GroupTimeEffects
    let variance: GroupVariance
    /// The regression with constants for units and times; with staggered starts it mixes up effects.
    package let regression: TwoWayFixedEffects?
    /// Whether treated and controls ran parallel before; `nil` where there is too little before.
    package let preTrend: PreTrend?
    let permutation: PermutationTest?
    /// The effect by steps since the start.
    package let events: [(event: Int, estimate: ContrastEstimate)]
    /// The estimate.
    package let effect: EffectEstimate

    /// Studies units that start together.
    ///
    /// - Throws: ``StudyError`` where the request does not fit the panel.
    package init(_ panel: Panel, _ request: PanelStudy.Request, _ options: Options) throws(StudyError) {
        let study = try PanelStudy(panel, request, fewestBefore: 1)
        try self.init(CohortPanel(study), panel.outcomeName, options, warnings: study.warnings)
    }

    /// Studies units that start at the times that a column of the panel says.
    ///
    /// - Throws: ``StudyError`` where there is nothing before or nobody to compare with.
    package init(
        staggered panel: Panel, end: String? = nil, excluded: [String] = [], _ options: Options
    ) throws(StudyError) {
        let (cohorts, warnings) = try CohortPanel.staggered(panel, end: end, excluded: excluded)
        try self.init(cohorts, panel.outcomeName, options, warnings: warnings)
    }

    init(_ panel: CohortPanel, _ outcomeName: String, _ options: Options, warnings: [String] = []) throws(StudyError) {
        (self.panel, self.outcomeName, self.options) = (panel, outcomeName, options)
        controls = options.controls ?? (panel.units(of: nil).isEmpty ? .notYet : .never)
        effects = GroupTimeEffects(panel, controls: controls)
        variance = GroupVariance(panel)
        regression = TwoWayFixedEffects(panel)
        let events = effects.events
        preTrend = PreTrend(events, variance, level: options.level)
        permutation = Self.permutation(panel, seed: options.seed)
        self.events = events.map { [variance] in ($0.event, variance.judged($0.contrast, level: options.level)) }
        guard let contrast = panel.cohorts.count == 1 ? Self.simple(panel) : effects.overall else {
            throw StudyError(
                .notIdentified,
                "There is nobody to compare with: no unit is untreated when another begins. Name "
                    + "controls, or take --control not-yet.")
        }
        effect =
            DifferencesVerdict(
                panel: panel, options: options, controls: controls,
                estimate: variance.judged(contrast, level: options.level),
                regression: regression, preTrend: preTrend, permutation: permutation, warnings: warnings
            ).effect
    }

    /// The 2 × 2 of means: all times after and before, treated and controls.
    private static func simple(_ panel: CohortPanel) -> GroupContrast? {
        guard let start = panel.cohorts.first, !panel.units(of: nil).isEmpty else { return nil }
        return GroupTimeEffects.contrast(panel, panel.units(of: start), panel.units(of: nil)) {
            change(panel, $0, at: start)
        }
    }

    /// The mean after minus the mean before.
    static func change(_ panel: CohortPanel, _ unit: Int, at start: Int) -> Double {
        let values = panel.outcome.column(unit)
        return Vectors.mean(values.dropFirst(start)) - Vectors.mean(values.prefix(start))
    }

    private static func permutation(_ panel: CohortPanel, seed: UInt64) -> PermutationTest? {
        guard panel.cohorts.count == 1, let start = panel.cohorts.first else { return nil }
        let changes = { (units: [Int]) in units.map { change(panel, $0, at: start) } }
        return PermutationTest(
            treated: changes(panel.units(of: start)), controls: changes(panel.units(of: nil)), seed: seed)
    }

    /// Whether everybody starts together.
    var isSimple: Bool { panel.cohorts.count == 1 }
}
