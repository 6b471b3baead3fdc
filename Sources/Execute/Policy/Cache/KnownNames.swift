/// Names that make an answer another one. Lists of common knowledge, not of any data set; what they do not know passes unless
/// a capital or quotes give it away.
enum KnownNames {
    /// Days, months and times by all their writings. Not "may", "march" and "sun": they are words as well.
    static let dates = table([
        "monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thurs", "friday fri", "saturday",
        "sunday", "january jan", "february feb", "april apr", "june jun", "july jul", "august aug",
        "september sept", "october oct", "november nov", "december", "today", "tonight", "tomorrow", "yesterday",
        "morning", "afternoon", "evening", "midnight", "noon", "weekend", "weekday", "spring", "summer", "autumn",
        "winter", "christmas", "easter",
    ])

    /// What "next" and "last" make a time of.
    static let periods: Set<String> = [
        "second", "minute", "hour", "day", "night", "week", "month", "quarter", "year", "weekend",
    ]

    /// Units and currencies by all their writings.
    static let units = table([
        "second seconds sec", "minute minutes mins", "hour hours hrs", "day days", "week weeks", "month months",
        "year years", "millimetre mm", "centimetre centimeter centimetres centimeters cm",
        "metre meter metres meters", "kilometre kilometer kilometres kilometers km", "mile miles", "inch inches",
        "feet foot ft", "yard yards", "gram grams", "kilogram kilograms kilo kilos kg", "ounce ounces oz", "lb lbs",
        "tonne tonnes ton tons", "litre liter litres liters", "gallon gallons", "celsius", "fahrenheit", "kelvin",
        "kilobyte kilobytes kb", "megabyte megabytes mb", "gigabyte gigabytes gb", "terabyte terabytes tb",
        "watt watts", "kilowatt kilowatts kw", "volt volts", "percent percentage", "dollar dollars usd bucks",
        "euro euros eur", "pound pounds gbp sterling quid", "yen jpy", "yuan renminbi rmb cny", "rupee rupees inr",
        "franc francs chf", "rouble roubles ruble rubles rub", "won krw", "peso pesos mxn", "zloty pln", "krona sek",
        "krone nok dkk", "lira", "aud", "cad", "nzd", "bitcoin bitcoins btc", "ethereum ether eth", "cent cents",
    ])

    /// Kinds of file that are told apart behind a point.
    static let fileKinds: Set<String> = [
        "c", "h", "cpp", "cs", "css", "csv", "doc", "docx", "go", "html", "java", "jpg", "js", "json", "kt", "md",
        "mp3",
        "mp4", "pdf", "php", "png", "py", "rb", "rs", "sh", "sql", "swift", "toml", "ts", "tsx", "txt", "xls", "xlsx",
        "xml", "yaml", "yml", "zip",
    ]

    /// Names of two words in one.
    private static let joints = [
        "united kingdom": "uk", "great britain": "uk", "u.k.": "uk", "united states of america": "usa",
        "united states": "usa", "u.s.a.": "usa", "u.s.": "usa", "new zealand": "newzealand",
        "south africa": "southafrica",
        "south korea": "korea", "saudi arabia": "saudi", "hong kong": "hongkong", "new york": "newyork",
        "los angeles": "losangeles", "san francisco": "sanfrancisco", "american express": "amex",
        "master card": "mastercard",
    ]

    private static let jointStarts = Set(joints.keys.map { String($0.prefix { $0.isLetter }) })

    /// "united states of america" is not "usa of america".
    private static let longestFirst = joints.keys.sorted { ($1.count, $0) < ($0.count, $1) }

    /// Whether a name of two words may be among the words.
    static func mayJoin(_ words: [String]) -> Bool { words.contains(where: jointStarts.contains) }

    /// The text with names of two words in one.
    static func joined(_ text: String) -> String {
        longestFirst
            .reduce(text) { $0.replacing($1, with: joints[$1] ?? $1) }
    }

    /// Whether a list has a word.
    static func contains(_ word: String) -> Bool {
        entities[word] != nil || dates[word] != nil || units[word] != nil
    }

    /// Every writing of a name, with its first.
    static func table(_ lines: [String]) -> [String: String] {
        var table: [String: String] = [:]
        for line in lines {
            let words = line.split(separator: " ").map(String.init)
            for word in words { table[word] = words[0] }
        }
        return table
    }
}
