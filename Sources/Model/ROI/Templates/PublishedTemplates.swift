extension ScenarioTemplate {
    static let codingAssistant = ScenarioTemplate(
        name: "coding-assistant", purpose: "Seats of a coding assistant for a team of developers.",
        source: "The published example of 100 developers at 39 USD a seat: cost 67,800, value 174,000, ROI 156.6 %.",
        text: """
            # Read aloud: 100 seats at 39 dollars, 15,000 to set up, and 14,500 a month of value.
            name: Coding Assistant (100 devs)
            source: "Published example of an LLM ROI framework, section Coding assistant ROI"
            horizon_months: 12
            discount_rate_annual: 0.10
            warnings:
              - "The published example values 10 % of a salary bill of 1 million USD a year for 100 developers; check yours."
              - "Studies range from 55 % faster to 19 % slower; the gain is not the same for every task."

            drivers:
              seats: {value: 100, unit: seats}
              seat_price_monthly: {value: 39, unit: USD per seat and month}
              dev_cost: {value: 15000, low: 10000, high: 25000, unit: USD, label: "Setup, SSO, policy"}
              infra_monthly: {value: 0, unit: USD per month}
              api_monthly: seats * seat_price_monthly
              maintenance_monthly: {value: 500, low: 300, high: 1500, unit: USD per month}
              labor_savings_monthly: {value: 8333, low: 0, high: 16667, unit: USD per month, source: "about 10 % of a 1 million USD salary bill"}
              speed_value_monthly: {value: 4167, low: 0, high: 6000, unit: USD per month, source: faster delivery of features}
              quality_value_monthly: {value: 2000, low: 0, high: 4000, unit: USD per month, source: fewer bugs in production}
              revenue_impact_monthly: {value: 0, unit: USD per month}

            costs:
              - {name: "Setup, SSO, policy", category: development, one_time: dev_cost}
              - {name: Infrastructure, category: infrastructure, monthly: infra_monthly}
              - {name: Seats, category: api, monthly: api_monthly}
              - {name: Administration, category: maintenance, monthly: maintenance_monthly}

            value:
              - {name: Labour savings, category: labour_savings, monthly: labor_savings_monthly, evidence: stated}
              - {name: Faster delivery, category: speed, monthly: speed_value_monthly, evidence: stated}
              - {name: Fewer bugs, category: quality, monthly: quality_value_monthly, evidence: stated}
              - {name: Revenue, category: revenue, monthly: revenue_impact_monthly, evidence: stated}
            """)

    static let customerSupport = ScenarioTemplate(
        name: "customer-support", purpose: "A support system built in-house: deflection and help for agents.",
        source: "The published example: cost 312,000, value 315,000 in year one, ROI 1.0 %. "
            + "Its printed payback of 14.4 months does not follow from it; 150,000 ÷ 12,750 is 11.76.",
        text: """
            # Read aloud: 150,000 to build, 13,500 a month to run, 26,250 a month of value.
            name: Customer Support AI
            source: "Published example of an LLM ROI framework, section Customer support ROI"
            horizon_months: 12
            discount_rate_annual: 0.10
            warnings:
              - "Year one barely breaks even; look at 24 and 36 months as well (--set horizon_months=36)."

            drivers:
              dev_cost: {value: 150000, low: 120000, high: 250000, unit: USD, label: "RAG pipeline, fine-tuning, integration"}
              infra_monthly: {value: 4500, low: 3500, high: 6500, unit: USD per month}
              api_monthly: {value: 6000, low: 3000, high: 9000, unit: USD per month, source: 200 thousand tickets a year}
              maintenance_monthly: {value: 3000, low: 2000, high: 6000, unit: USD per month}
              labor_savings_monthly: {value: 19250, low: 10000, high: 24000, unit: USD per month, source: 55 % of 420 thousand USD a year}
              speed_value_monthly: {value: 3000, low: 1000, high: 5000, unit: USD per month}
              quality_value_monthly: {value: 2500, low: 0, high: 4000, unit: USD per month}
              revenue_impact_monthly: {value: 1500, low: 0, high: 3000, unit: USD per month, source: reduced churn}

            costs:
              - {name: Development, category: development, one_time: dev_cost}
              - {name: Infrastructure, category: infrastructure, monthly: infra_monthly}
              - {name: API charges, category: api, monthly: api_monthly}
              - {name: Maintenance, category: maintenance, monthly: maintenance_monthly}

            value:
              - {name: Labour savings, category: labour_savings, monthly: labor_savings_monthly, evidence: stated}
              - {name: Faster resolution, category: speed, monthly: speed_value_monthly, evidence: stated}
              - {name: Fewer repeat contacts, category: quality, monthly: quality_value_monthly, evidence: stated}
              - {name: Reduced churn, category: revenue, monthly: revenue_impact_monthly, evidence: stated}
            """)

    static let conversationalAgent = ScenarioTemplate(
        name: "conversational-agent",
        purpose: "An agent for first-line inquiries, with cost per conversation and resolution.",
        source:
            "The published lab of 25,000 conversations a month. Its printed API cost of 4,320 does not follow from its "
            + "inputs; 7,200 does, and with it ROI 553.1 % and 0.204 USD a conversation.",
        text: """
            # Read aloud: of 25,000 conversations a month, 45 % no longer need a person, who costs 8.50 each time.
            name: Conversational AI agent
            source: "Published lab of an LLM ROI framework, section Conversational AI agent"
            horizon_months: 12
            discount_rate_annual: 0.10
            warnings:
              - "A price of 3 and 12 USD per million tokens is high for a small model; take yours from the price book."
              - "Cost per conversation is not cost per resolution: see cost_per_resolved_conversation."

            drivers:
              monthly_conversations: {value: 25000, low: 18000, high: 30000, unit: conversations per month}
              avg_turns_per_conversation: {value: 4, low: 3, high: 6, unit: turns}
              deflection_rate: {value: 0.45, low: 0.25, high: 0.6, unit: fraction, label: Share handled without a person}
              avg_input_tokens: {value: 800, low: 600, high: 2000, unit: tokens per turn}
              avg_output_tokens: {value: 300, low: 200, high: 500, unit: tokens per turn}
              input_price_per_million: {value: 3.0, unit: USD per million tokens}
              output_price_per_million: {value: 12.0, unit: USD per million tokens}
              infra_monthly: {value: 2500, unit: USD per month}
              maintenance_monthly: {value: 2000, low: 1500, high: 4000, unit: USD per month}
              development_cost: {value: 120000, low: 90000, high: 200000, unit: USD}
              cost_per_human_conversation: {value: 8.50, low: 6, high: 10, unit: USD, source: fully loaded}
              csat_revenue_impact_monthly: {value: 3000, low: 0, high: 5000, unit: USD per month, source: reduced churn}
              api_monthly: monthly_conversations * avg_turns_per_conversation * (avg_input_tokens * input_price_per_million + avg_output_tokens * output_price_per_million) / 1_000_000

            costs:
              - {name: Development, category: development, one_time: development_cost}
              - {name: API charges, category: api, monthly: api_monthly}
              - {name: Infrastructure, category: infrastructure, monthly: infra_monthly}
              - {name: Maintenance, category: maintenance, monthly: maintenance_monthly}

            value:
              - name: Conversations without a person
                category: labour_savings
                monthly: monthly_conversations * deflection_rate * cost_per_human_conversation
                evidence: stated
              - {name: Reduced churn, category: revenue, monthly: csat_revenue_impact_monthly, evidence: stated}

            unit: {name: resolved conversation, volume: monthly_conversations * deflection_rate}

            figures:
              annual_api_cost: {formula: api_monthly * 12, decimals: 0}
              annual_infra_cost: {formula: infra_monthly * 12, decimals: 0}
              annual_maintenance: {formula: maintenance_monthly * 12, decimals: 0}
              development_cost: {formula: development_cost, decimals: 0}
              total_annual_cost: {formula: development_cost + (api_monthly + infra_monthly + maintenance_monthly) * 12, decimals: 0}
              annual_labor_savings: {formula: monthly_conversations * deflection_rate * cost_per_human_conversation * 12, decimals: 0}
              annual_revenue_impact: {formula: csat_revenue_impact_monthly * 12, decimals: 0}
              total_annual_value: {formula: annual_labor_savings + annual_revenue_impact, decimals: 0}
              cost_per_ai_conversation: {formula: (api_monthly + infra_monthly + maintenance_monthly) / monthly_conversations, decimals: 3}
              cost_per_human_conversation: cost_per_human_conversation
              human_to_ai_cost_ratio: {formula: cost_per_human_conversation / ((api_monthly + infra_monthly + maintenance_monthly) / monthly_conversations), decimals: 1}
              cost_per_resolved_conversation: {formula: (api_monthly + infra_monthly + maintenance_monthly) / (monthly_conversations * deflection_rate), decimals: 3}
              loaded_cost_per_resolved_conversation: {formula: total_annual_cost / (monthly_conversations * deflection_rate * 12), decimals: 3}
            """)

    static let selfHostedInference = ScenarioTemplate(
        name: "self-hosted-inference", purpose: "Own GPUs instead of an API: what it saves at a volume.",
        source: "Published self-hosting calculators: GPU hours, overhead, API prices per million tokens.",
        text: """
            # Read aloud: four GPUs at 2.50 an hour and half an engineer, instead of paying for each token.
            name: Self-hosted inference
            source: "GPU hours × price × overhead against input and output tokens × price; see payback model self-host"
            horizon_months: 24
            discount_rate_annual: 0.10

            drivers:
              input_tokens_millions: {value: 6000, low: 3000, high: 9000, unit: million tokens per month}
              output_tokens_millions: {value: 1500, low: 800, high: 2500, unit: million tokens per month}
              api_input_price: {value: 1.25, unit: USD per million tokens}
              api_output_price: {value: 10, unit: USD per million tokens}
              api_price_change: {value: -0.25, low: -0.6, high: 0, unit: per year}
              gpu_hourly: {value: 2.50, low: 2, high: 3.5, unit: USD per hour}
              tokens_per_second_per_gpu: {value: 2500, low: 1200, high: 4000, unit: tokens per second}
              utilisation: {value: 0.4, low: 0.2, high: 0.6, unit: fraction, label: Share of the hours in which a GPU is busy}
              gpus_needed: ceil((input_tokens_millions + output_tokens_millions) * 1_000_000 / (tokens_per_second_per_gpu * utilisation * 2_628_000)) + 1
              engineer_monthly: {value: 7500, low: 5000, high: 12000, unit: USD per month, label: Half an engineer}

            costs:
              - {name: Set-up and evaluation, category: development, one_time: 60000}
              - {name: GPUs with one spare, category: infrastructure, monthly: gpus_needed * gpu_hourly * 730 * 1.15}
              - {name: People, category: maintenance, monthly: engineer_monthly}

            value:
              - name: API charges avoided
                category: other
                kind: cash
                monthly: input_tokens_millions * api_input_price + output_tokens_millions * api_output_price
                growth_annual: api_price_change
                evidence: stated

            unit: {name: million tokens, volume: input_tokens_millions + output_tokens_millions}
            """)
}
