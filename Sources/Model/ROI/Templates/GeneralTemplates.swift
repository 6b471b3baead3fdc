extension ScenarioTemplate {
    static let llmProject = ScenarioTemplate(
        name: "llm-project", purpose: "Any LLM project: what it costs once and monthly, and four kinds of value.",
        source: "The LLM ROI framework: (value − cost) ÷ cost over a horizon; figures to be replaced by your own.",
        text: """
            # Read aloud: we spend 60,000 once and 5,000 a month, and expect 12,500 a month back.
            name: LLM project
            source: "LLM ROI framework: development, infrastructure, API, maintenance against labour, speed, quality, revenue"
            horizon_months: 24
            discount_rate_annual: 0.10

            drivers:
              dev_cost: {value: 60000, low: 45000, high: 105000, unit: USD, label: Development, source: your estimate}
              infra_monthly: {value: 1000, unit: USD per month, label: Infrastructure}
              api_monthly: {value: 3000, low: 1500, high: 6000, unit: USD per month, label: API charges}
              maintenance_monthly: {value: 1000, unit: USD per month, label: Maintenance}
              labor_savings_monthly: {value: 8000, low: 2000, high: 12000, unit: USD per month, label: Labour savings}
              speed_value_monthly: {value: 2000, low: 0, high: 4000, unit: USD per month, label: Value of speed}
              quality_value_monthly: {value: 1500, low: 0, high: 3000, unit: USD per month, label: Value of quality}
              revenue_impact_monthly: {value: 1000, low: 0, high: 3000, unit: USD per month, label: Revenue impact}

            costs:
              - {name: Development, category: development, one_time: dev_cost}
              - {name: Infrastructure, category: infrastructure, monthly: infra_monthly}
              - {name: API charges, category: api, monthly: api_monthly}
              - {name: Maintenance, category: maintenance, monthly: maintenance_monthly}

            value:
              - {name: Labour savings, category: labour_savings, monthly: labor_savings_monthly, evidence: stated}
              - {name: Speed, category: speed, monthly: speed_value_monthly, evidence: stated}
              - {name: Quality, category: quality, monthly: quality_value_monthly, evidence: stated}
              - {name: Revenue, category: revenue, monthly: revenue_impact_monthly, evidence: stated}
            """)

    static let codeReview = ScenarioTemplate(
        name: "code-review", purpose: "AI review of pull requests: minutes saved, bugs caught before production.",
        source: "Task baselines (45 → 15 minutes, 3.2 → 5.1 bugs a review) and the value of caught bugs "
            + "(12 a month, 15,000 USD each, 15 % false positives) of the productivity framework.",
        text: """
            # Read aloud: 40 engineers have 600 reviews a month; each takes 30 minutes less, half of which is put to use.
            name: AI code review
            source: "Productivity framework: task baselines and error reduction; the escape and realisation shares are assumptions"
            horizon_months: 12
            discount_rate_annual: 0.10

            drivers:
              reviews_monthly: {value: 600, low: 400, high: 800, unit: reviews per month, label: Reviews}
              minutes_without_ai: {value: 45, low: 35, high: 55, unit: minutes, source: task baseline code_review}
              minutes_with_ai: {value: 15, low: 12, high: 25, unit: minutes, source: task baseline code_review}
              hourly_rate: {value: 100, unit: USD per hour, label: Loaded hourly rate}
              realisation_share: {value: 0.5, low: 0.3, high: 0.7, unit: fraction, label: Share of freed time put to use, source: assumption}
              bugs_caught_monthly: {value: 12, low: 6, high: 18, unit: bugs per month}
              false_positive_rate: {value: 0.15, low: 0.05, high: 0.3, unit: fraction}
              escape_share: {value: 0.1, low: 0.03, high: 0.25, unit: fraction, label: Share that would have reached production, source: assumption}
              cost_per_production_bug: {value: 15000, low: 5000, high: 50000, unit: USD, source: "published range 5,000 to 50,000 USD"}
              input_price: {value: 3, unit: USD per million tokens}
              output_price: {value: 15, unit: USD per million tokens}
              input_tokens_per_review: {value: 30000, unit: tokens}
              output_tokens_per_review: {value: 2500, unit: tokens}
              cost_per_review: {value: (input_tokens_per_review * input_price + output_tokens_per_review * output_price) / 1_000_000, unit: USD}
              setup_cost: {value: 12000, unit: USD, label: Set-up}

            costs:
              - {name: Set-up and integration, category: development, one_time: setup_cost}
              - {name: Model calls, category: api, per_unit: cost_per_review, units: reviews_monthly}
              - {name: Rules and upkeep, category: maintenance, monthly: 800}
              - {name: Training, category: change_management, one_time: 4000}

            value:
              - name: Reviewer time freed
                category: labour_savings
                monthly: reviews_monthly * (minutes_without_ai - minutes_with_ai) / 60 * hourly_rate
                realisation: realisation_share
                ramp: {shape: s_curve, months: 4}
                evidence: before_after
                source: track summary against the recorded baseline
              - name: Production bugs avoided
                category: quality
                monthly: bugs_caught_monthly * (1 - false_positive_rate) * escape_share * cost_per_production_bug
                evidence: stated
                source: error reduction model

            unit: {name: review, volume: reviews_monthly}
            kill:
              - {month: 4, when: minutes_with_ai > 35, text: reviews still take more than 35 minutes}
            """)

    static let documentProcessing = ScenarioTemplate(
        name: "document-processing", purpose: "Extraction from documents, with the cost of what goes wrong.",
        source:
            "Quality return and failure cost of the engineering-economics benchmarks: failed requests × minutes × rate.",
        text: """
            # Read aloud: 60,000 documents a month; the model handles them for cents, people correct the 4 % that fail.
            name: Document processing
            source: "Engineering economics: unit cost, failure cost; volumes and minutes are examples"
            horizon_months: 36
            discount_rate_annual: 0.10

            drivers:
              documents_monthly: {value: 60000, low: 45000, high: 75000, unit: documents per month}
              minutes_by_hand: {value: 4, low: 3, high: 5, unit: minutes}
              hourly_rate: {value: 32, low: 28, high: 38, unit: USD per hour, label: Loaded hourly rate}
              success_rate: {value: 0.96, low: 0.9, high: 0.985, unit: fraction}
              minutes_to_correct: {value: 5, low: 3, high: 8, unit: minutes}
              model_cost_per_document: {value: 0.012, low: 0.006, high: 0.03, unit: USD}
              realisation_share: {value: 0.7, low: 0.4, high: 0.9, unit: fraction, label: Share of freed time put to use, source: assumption}
              price_decline: {value: -0.2, low: -0.5, high: 0, unit: per year, label: Change of model prices}

            costs:
              - {name: Development, category: development, one_time: 140000}
              - {name: Model calls, category: api, per_unit: model_cost_per_document, units: documents_monthly, growth_annual: price_decline}
              - {name: Platform, category: infrastructure, monthly: 3500}
              - {name: Maintenance and evaluation, category: maintenance, monthly: 6000}
              - name: Correcting failures
                category: failure
                failure: {requests: documents_monthly, success_rate: success_rate, minutes: minutes_to_correct, hourly_rate: hourly_rate}

            value:
              - name: Handling by people avoided
                category: labour_savings
                monthly: documents_monthly * minutes_by_hand / 60 * hourly_rate
                realisation: realisation_share
                ramp: {shape: linear, months: 6}
                evidence: before_after

            unit: {name: document handled, volume: documents_monthly * success_rate}
            tranches:
              - {name: Pilot, month: 0, amount: 60000, gate: success rate of at least 90 % on 500 labelled documents}
              - {name: Roll-out, month: 4, amount: 80000, gate: corrections under 6 minutes}
            kill:
              - {month: 6, when: success_rate < 0.9, text: fewer than nine documents in ten come out right}
            """)
}
