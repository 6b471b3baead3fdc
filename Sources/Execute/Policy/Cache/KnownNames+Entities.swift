extension KnownNames {
    /// Places with their people and languages, companies, products and means of payment, by all their writings.
    static let entities = table(places + languages + companies + technology)

    private static let places = [
        "afghanistan afghan", "argentina argentinian", "australia australian", "austria austrian", "bangladesh",
        "belgium belgian", "brazil brazilian", "bulgaria bulgarian", "canada canadian", "chile chilean",
        "china chinese", "colombia colombian", "croatia croatian", "cuba cuban", "cyprus", "czechia czech",
        "denmark danish", "egypt egyptian", "england", "estonia estonian", "ethiopia", "europe european",
        "finland finnish", "france french", "germany german", "ghana", "greece greek", "hongkong", "hungary hungarian",
        "iceland icelandic", "india indian", "indonesia indonesian", "iran iranian", "iraq iraqi", "ireland irish",
        "israel israeli", "italy italian", "japan japanese", "jordan", "kenya kenyan", "korea korean", "latvia latvian",
        "lithuania lithuanian", "luxembourg", "malaysia", "malta", "mexico mexican", "morocco moroccan",
        "netherlands dutch",
        "newzealand", "nigeria nigerian", "norway norwegian", "pakistan pakistani", "peru", "philippines filipino",
        "poland polish", "portugal portuguese", "romania romanian", "russia russian", "saudi", "scotland scottish",
        "serbia serbian", "singapore", "slovakia slovak", "slovenia", "southafrica", "spain spanish", "sweden swedish",
        "switzerland swiss", "taiwan", "thailand thai", "turkey turkish", "uk british britain", "ukraine ukrainian",
        "usa america american", "vietnam vietnamese", "wales welsh", "africa", "asia", "amsterdam", "athens",
        "barcelona",
        "beijing", "berlin", "boston", "brussels", "budapest", "chicago", "copenhagen", "dubai", "dublin", "frankfurt",
        "geneva", "hamburg", "helsinki", "istanbul", "lisbon", "london", "losangeles", "madrid", "manchester",
        "melbourne",
        "miami", "milan", "moscow", "mumbai", "munich", "newyork nyc", "oslo", "paris", "prague", "rome",
        "sanfrancisco",
        "seattle", "shanghai", "stockholm", "sydney", "tokyo", "toronto", "vienna", "warsaw", "zurich",
    ]

    private static let languages = ["english", "arabic", "hindi", "mandarin", "cantonese", "latin", "hebrew", "urdu"]

    private static let companies = [
        "adobe", "airbnb", "alibaba", "amazon", "amex", "apple", "bing", "cisco", "cloudflare", "discord", "disney",
        "dropbox", "ebay", "expedia", "facebook meta", "fedex", "github", "gitlab", "gmail", "google",
        "hotmail", "huawei", "ibm", "ikea", "instagram", "intel", "linkedin", "lyft", "maestro", "mastercard",
        "microsoft", "netflix", "nike", "nintendo", "nokia", "nvidia", "openai", "anthropic", "oracle", "outlook",
        "paypal", "pepsi", "pinterest", "revolut", "safari", "salesforce", "samsung", "shopify", "skype", "slack",
        "snapchat", "sony", "spotify", "starbucks", "stripe", "telegram", "tesla", "tiktok", "toyota", "twitter",
        "uber", "ups", "venmo", "visa", "walmart", "whatsapp", "xbox", "yahoo", "youtube", "zelle",
    ]

    private static let technology = [
        "android", "angular", "aws", "azure", "bash", "chrome", "chatgpt", "claude", "debian", "django", "docker",
        "firefox", "gcp", "gemini", "golang", "ios", "ipad", "iphone", "java", "javascript", "kafka",
        "kotlin", "kubernetes", "linux", "macos mac", "mongodb", "mysql", "oauth", "perl", "php",
        "playstation", "postgres postgresql", "powerpoint", "powershell", "python", "redis", "ruby", "rust",
        "saml", "scala", "sqlite", "swift", "terraform", "typescript", "ubuntu", "vue", "windows",
    ]
}
