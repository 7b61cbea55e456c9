"""What meetings are about, and what firms are called."""

TITLES = {
    "finance": ("Loans and leasing for small firms", "Reading a balance sheet", "Paid on time"),
    "export": ("First steps in export", "Fairs abroad", "Customers in the next country"),
    "logistics": ("Parcels and pallets", "A store room that works", "Deliveries without a fleet"),
    "hr": ("The first employee", "Finding apprentices", "Keeping good people"),
    "tax": ("What changes in taxes", "VAT without fear", "E-invoices in practice"),
    "marketing": ("Advertising on a small budget", "A brand of one's own", "Selling on the web"),
    "eu-funds": ("The new calls for grants", "Settling a grant", "Grants for machines"),
    "digital": ("Artificial intelligence at work", "Safe from hackers", "Paperless in a month"),
    "legal": ("Contracts that hold", "Handing on the firm", "Data protection in an hour"),
    "design": ("Packaging that sells", "Prototypes from the printer", "Shop windows"),
    "quality": ("Certificates, which and why", "Complaints as a gift", "Lean in a workshop"),
    "energy": ("A smaller energy bill", "Solar power for firms", "Heat from the workshop"),
}
"""Titles by the expertise that they need."""

CLUB_TITLES = ("Owners' club", "Breakfast of new contacts", "An evening without slides")

EQUIPMENT = ("projector", "whiteboard", "microphone", "wifi")

INSTITUTIONS = {
    "university": ("University of {town}", "{town} Institute of Technology", "{town} Academy"),
    "business_support": ("{town} Chamber of Commerce", "{town} Technology Park", "{town} Guild of Crafts"),
    "vocational_school": ("{town} Training Centre", "{town} School of Commerce", "{town} Technical School"),
    "private": ("{town} Savings Bank", "Law office on the Square, {town}", "{town} Works"),
    "local_administration": ("{town} City Hall", "{town} District Office", "{town} Office for Business"),
    "eu_funds": ("EU Funds Point {town}", "{town} Office for Regional Aid", "EU Desk {town}"),
    "other": ("{town} Public Library", "{town} House of Culture", "{town} Museum"),
}
"""Names of institutions by type."""

ROOMS = ("seminar room", "hall", "library", "conference room", "training room", "salon")
PUBS = ("The Linden Tree", "The Old Brewery", "The Golden Ear", "The Two Owls", "The Raft", "The Green Door")

TRADES = (
    "Bakery", "Joinery", "Garage", "Print shop", "Web studio", "Dairy", "Tailor", "Accountants", "Florist",
    "Hotel", "Builders", "Electricians", "Foundry", "Translators", "Bicycle shop", "Forwarders", "Pharmacy",
    "Brewery", "Surveyors", "Cleaners", "Hairdresser", "Tool makers", "Orchard", "Photographer",
)  # fmt: skip

SERVICES = (
    "accounting",
    "catering",
    "printing",
    "transport",
    "web-design",
    "joinery",
    "cleaning",
    "translation",
)

ABSENCES = ("leave", "conference", "training", "trade fair", "surgery", "holiday with the children")
CLOSURES = ("stocktaking", "repairs", "examinations", "let to somebody else")
EVENTS = ("a match on the big screen", "jazz trio", "tasting of the new brew", "quiz night")
