/// The templates of the sample's prompts, two per feature; all texts are made up.
///
/// Slots: `{digits:4}` a number, `{sentences:1-3}` sentences, `{clock}` and `{request}` what changes with every
/// request, else an entry of ``SampleWords/List``.
enum Templates {
    static let supportChat = [
        SystemPrompts.support
            + " Case {digits:7}: {name} from {city} writes about {product}: {sentences:1-4} {question}?",
        SystemPrompts.support
            + " The customer has order {digits:8} and asks: {question}? Earlier they wrote: {sentences:1-3}",
    ]
    static let searchAnswers = [
        SystemPrompts.search
            + " Question: {question} for {product}? Passage {digits:5}: {sentences:2-4} Passage {digits:5}: {sentences:1-3}",
        SystemPrompts.search
            + " Question from the help centre in {city}: {question}? Results: {sentences:3-6} Ticket {digits:6}.",
    ]
    static let classification = [
        "Classify the message into one of billing, delivery, refund, login, cancellation, praise, bug report, feature request. "
            + "Answer with the label only. Message {digits:8}: {sentences:1-3}",
        "Does the following message belong to the topic {label}? Answer yes or no and nothing else. From {name}, {city}, "
            + "customer number {digits:6}: {sentences:2-4}",
    ]
    static let summaries = [
        "Summarise the conversation below in five short bullet points for a busy reader. Keep names, dates and amounts. "
            + "Conversation {digits:7} with {name}: {sentences:4-8}",
        "Write an abstract of at most eighty words of the following report on {topic}, section {digits:3} of {digits:4}: {sentences:4-8}",
    ]
    static let invoiceExtraction = [
        "Received {clock}. " + SystemPrompts.extraction
            + " Invoice {digits:8} of {name}, {city}. Position: {product}, {digits:3} EUR. {sentences:2-4}",
        "Request {request}: " + SystemPrompts.extraction
            + " Scan of page 1: invoice number {digits:7}, {city}, total {digits:4} EUR for {product}. {sentences:1-4}",
    ]
    static let codeReview = [
        SystemPrompts.review
            + " Change {digits:6} in module {table}: the loop over {column} now ends early. The author says: {sentences:1-4}",
        SystemPrompts.review
            + " The pull request {digits:5} touches {table} and {table}. Description by {name}: {sentences:2-5}",
    ]
    static let translation = [
        "Translate into {language}. Keep the tone friendly and leave product names as they are. Text {digits:6}: {sentences:2-5}",
        "You are a professional translator from English into {language}. Return only the translation of this paragraph of "
            + "the manual, revision {digits:5}: {sentences:2-6}",
    ]
    static let salesEmail = [
        "Write a short e-mail to {name} in {city} who looked at {product} last week. Mention offer {digits:6}, one benefit and "
            + "a date for a call. Notes of the sales team: {sentences:2-4}",
        "Today is {clock}. Write a friendly follow-up to {name} about {product} and offer {digits:5}. The last contact went "
            + "like this, so refer to it in one sentence and do not repeat the price: {sentences:2-4}",
    ]
    static let sqlGeneration = [
        SystemPrompts.query
            + " Tables: {table}({column}, {column}, amount, day), {table}({column}, id). Question {digits:6}: "
            + "how does the amount per {column} develop, given that: {sentences:1-2}",
        SystemPrompts.query
            + " The schema has {table} and {table} joined by {column}. Count rows per {column} above {digits:5}. {sentences:1-3}",
    ]
    static let moderation = [
        "Decide whether the comment breaks the rules on insults, threats, private data or advertising. Answer with allowed or "
            + "blocked and one word for the reason. Comment {digits:8}: {sentences:1-3}",
        "Rate the toxicity of the text from 0 to 10 and answer with the number alone, without an explanation. Author "
            + "{digits:7} in the forum on {topic} wrote: {sentences:1-3}",
    ]
    static let meetingNotes = [
        "Current time: {clock}. You turn transcripts into minutes: decisions first, then tasks with owner and date, then open "
            + "questions. Meeting on {topic}, led by {name}. Transcript: {sentences:4-8}",
        "Session {request}. Turn the transcript into minutes with decisions, tasks and open questions, at most one page, and "
            + "leave small talk out. Present: {name}, {name} and {name}. {sentences:4-7}",
    ]
    static let researchAgent = [
        "Session {request}, {clock}. You are a research agent with the tools search, open and note. Plan first, work in small "
            + "steps, stop when two sources agree and cite both. Task: {topic} in {city}. Notes so far: {sentences:3-6}",
        "Run {request}. You compare suppliers for purchasing. Use the tools, keep a table of price, delivery time and risk, and "
            + "finish with a recommendation. Item: {product}, budget {digits:5} EUR. Findings: {sentences:3-6}",
    ]
}
