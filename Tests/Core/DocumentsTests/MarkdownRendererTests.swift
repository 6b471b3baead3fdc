import Documents
import Testing

@Suite("Documents as Markdown")
struct MarkdownRendererTests {
    @Test("A small document")
    func smallDocument() {
        let expected = #"""
            # Audit

            October 2026

            ## Where the money went

            | Figure   |        Value | Note              |
            | -------- | -----------: | ----------------- |
            | Spend    | **$12.3k**\* | exactly $12345.67 |
            | Requests |    **1,234** |                   |

            **Spend by model**

            | Model     |        Spend, $ |  Share, % | Details            |
            | --------- | --------------: | --------: | ------------------ |
            | gpt\|5    |       12,000.50 |      97.2 | Try a smaller one. |
            | tiny      |      &lt;0.01\* |   &lt;0.1 |                    |
            | **Total** | **12,000.50\*** | **100.0** |                    |

            **One model is 97.2 % of spend**

            Spend by model, $

            |        | Value |                      |
            | ------ | ----: | -------------------- |
            | gpt\|5 |  4.00 | ████████████████████ |
            | other  |  1.00 | █████                |

            - one
            - two

            > No prompts: give a prompt column.
            >
            > `payback audit FILE --mapping MAP.yaml`

            ---

            \* Without unpriced records.

            """#
        #expect(MarkdownRenderer().render(SampleDocument.small) == expected)
    }

    @Test("Names cannot become markup")
    func escaping() {
        let document = SampleDocument.document(.paragraph("<b>[x](y)</b> `z` *q* a|b"))
        let expected = #"&lt;b&gt;\[x\](y)&lt;/b&gt; \`z\` \*q\* a\|b"#
        #expect(MarkdownRenderer().render(document) == "# Audit\n\n" + expected + "\n")
    }
}
