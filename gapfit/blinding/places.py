"""Countries, and the states and provinces that addresses abbreviate: how a place of work ends."""

from __future__ import annotations

COUNTRIES = tuple(
    sorted(
        (
            name.strip()
            for name in """
            Afghanistan; Albania; Algeria; Argentina; Armenia; Australia; Austria; Azerbaijan;
            Bahrain; Bangladesh; Belarus; Belgium; Bolivia; Bosnia; Botswana; Brazil; Brasil;
            Bulgaria; Cambodia; Cameroon; Canada; Chile; China; Colombia; Costa Rica; Croatia;
            Cuba; Cyprus; Czechia; Czech Republic; Denmark; Deutschland; Ecuador; Egypt; England;
            Estonia; Ethiopia; Finland; France; Georgia; Germany; Ghana; Greece; Guatemala;
            Honduras; Hong Kong; Hungary; Iceland; India; Indonesia; Iran; Iraq; Ireland; Israel;
            Italy; Italia; Jamaica; Japan; Jordan; Kazakhstan; Kenya; Korea; South Korea; Kuwait;
            Latvia; Lebanon; Lithuania; Luxembourg; Malaysia; Malta; Mexico; México; Moldova;
            Mongolia; Morocco; Myanmar; Nepal; Netherlands; The Netherlands; New Zealand;
            Nicaragua; Nigeria; North Macedonia; Norway; Oman; Pakistan; Panama; Paraguay; Peru;
            Perú; Philippines; Poland; Polska; Portugal; Qatar; Romania; Russia; Rwanda; Saudi
            Arabia; Scotland; Senegal; Serbia; Singapore; Slovakia; Slovenia; South Africa; Spain;
            España; Sri Lanka; Sudan; Sweden; Switzerland; Schweiz; Syria; Taiwan; Tanzania;
            Thailand; Tunisia; Turkey; Türkiye; UAE; Uganda; UK; Ukraine; United Arab Emirates;
            United Kingdom; United States; Uruguay; US; USA; U.S.; U.S.A.; Uzbekistan; Venezuela;
            Vietnam; Wales; Yemen; Zambia; Zimbabwe
            """.split(";")
        ),
        key=lambda name: (-len(name), name),
    )
)
STATES = tuple(
    """AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM
    NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AB BC MB NB NL NS ON PE QC
    SK NSW VIC QLD""".split()
)
