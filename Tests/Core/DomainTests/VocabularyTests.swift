import Domain
import Testing

@Suite("Vocabularies")
struct VocabularyTests {
    @Test("Each text has one term, and a term its text")
    func interning() {
        var vocabulary = Vocabulary()
        let names = (0..<5000).map { "name \($0 % 1700)" }
        let terms = names.map { vocabulary.term($0) }
        #expect(vocabulary.count == 1701)
        for (name, term) in zip(names, terms) { #expect(vocabulary.text(term) == name) }
        #expect(vocabulary.term("") == .absent)
        #expect(vocabulary.text(.absent) == nil)
        #expect(vocabulary.existing("name 7") == vocabulary.term("name 7"))
        #expect(vocabulary.existing("never heard") == nil)
    }

    @Test("A translation follows a vocabulary that grows")
    func translation() {
        var source = Vocabulary()
        var target = Vocabulary()
        var translate = TermTranslation()
        _ = target.term("b")
        for name in ["a", "b", "c"] {
            let term = source.term(name)
            translate.extend(from: source, into: &target)
            #expect(target.text(translate(term)) == name)
        }
        #expect(translate(.absent) == .absent)
    }
}
