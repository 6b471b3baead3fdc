/// The words that fill the slots of prompts. All of them are made up for the sample.
struct SampleWords: Sendable {
    /// A list of words, named as in the templates.
    enum List: Int, CaseIterable, Sendable {
        case name, product, city, language, topic, table, column, label, question, opener, action, object, tail
    }

    private let entries: [[[UInt8]]]

    init() {
        entries = List.allCases.map { list in list.words.split(separator: "|").map { Array($0.utf8) } }
    }

    /// The entries of a list.
    func entries(of list: List) -> [[UInt8]] { entries[list.rawValue] }
}

extension SampleWords.List {
    /// The list of a slot's name; `nil` where there is none.
    static func named(_ name: String) -> Self? { allCases.first { "\($0)" == name } }

    /// The entries, separated by bars. A sentence is an opener, an action, an object and a tail.
    fileprivate var words: String {
        switch self {
        case .name:
            """
            Ada Brandt|Ben Okafor|Carla Ruiz|Dev Patel|Elif Kaya|Farid Haddad|Greta Holm|Hugo Martin|Ines Costa|Jonas Weber\
            |Kaja Lind|Liam Byrne|Mei Tanaka|Nora Vogel|Omar Saleh|Petra Novak|Quentin Roy|Rosa Greco|Sven Dahl|Tara Singh
            """
        case .product:
            """
            the travel card|the family plan|the cordless drill|the savings account|the standing desk|the delivery pass\
            |the winter jacket|the router R40|the annual licence|the espresso machine|the mobile contract|the photo book
            """
        case .city:
            "Aarhus|Bergen|Cologne|Dublin|Eindhoven|Florence|Ghent|Hamburg|Izmir|Krakow|Leeds|Malaga|Nantes|Porto|Turin"
        case .language: "German|French|Spanish|Italian|Dutch|Polish|Swedish|Portuguese|Turkish|Japanese|Czech|Danish"
        case .topic:
            """
            the migration to the new billing system|quarterly planning|the onboarding of partners|warehouse capacity\
            |the security review|pricing of the premium tier|the outage of last week|hiring for the data team
            """
        case .table: "orders|invoices|customers|shipments|payments|returns|sessions|subscriptions|suppliers|inventory"
        case .column: "region|channel|currency|plan|status|warehouse|device|campaign|category|segment"
        case .label: "billing|delivery|refund|login|cancellation|praise|bug report|feature request|fraud|address change"
        case .question:
            """
            Why was I charged twice|How long does a refund take|Where do I find the tracking number|Can I change the address\
            |How do I cancel|What does the warranty cover|Why is my card declined|How do I reset the password\
            |Which documents do you need|Can I pay by instalments|When does the price change|How do I invite a colleague
            """
        case .opener:
            """
            The parcel|The second invoice|My last payment|The technician|The new version|A colleague in the team\
            |The confirmation mail|The support agent|The automatic export|The monthly report|The old contract\
            |The supplier in the north|The test environment|The replacement part|The shared calendar|The loyalty account
            """
        case .action:
            """
            arrived with|was booked together with|does not mention|was changed without|still depends on|repeats\
            |contradicts|was meant to replace|has been waiting for|went out before|shows an error for|needs approval for\
            |was rejected because of|came back with|lost the link to|improved a lot after
            """
        case .object:
            """
            the agreed discount|two open positions|the updated address|a missing signature|the tax number|the spare key\
            |the delivery note|a broken seal|the earlier complaint|the annual budget|three duplicate entries\
            |the terms of the trial|the customs form|the access token|a partial refund|the settings of the account
            """
        case .tail:
            """
            since the beginning of the month|as we discussed on the phone|although nobody asked for it\
            |and the deadline is close|which surprised everyone here|according to the warehouse|for the third time\
            |and I would like to know why|because the system was slow|as far as I can tell|despite several reminders\
            |and the amount is not small|so please check it again|before the holiday|while I was travelling\
            |and my manager is asking
            """
        }
    }
}
