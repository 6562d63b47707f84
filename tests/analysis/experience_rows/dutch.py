"""Dutch: kind or emotion → the sentences that show it, and those that only resemble it."""

CUES = {
    "wait": (
        (
            "Ik wacht al drie weken op mijn geld.",
            "Ik wacht al drie weken, niet normaal.",
            "Niks gekregen en wacht al drie weken.",
            "Veertig minuten in de wacht gestaan.",
            "Het duurde veel te lang.",
            "Ik krijg maar geen antwoord.",
            "Waar blijft mijn pakket?",
            "Hele dag thuis gezeten, weer vertraging.",
        ),
        (
            "Het duurde niet lang.",
            "Ik hoefde niet lang te wachten.",
            "Geleverd zonder vertraging.",
            "Wacht even, ik zoek het op.",
            "Ik kan niet wachten tot de nieuwe kleur!",
            "Ik ben mijn wachtwoord kwijt.",
            "Urenlang plezier van gehad.",
        ),
    ),
    "transfer": (
        (
            "Van het kastje naar de muur gestuurd.",
            "Ik werd drie keer doorverbonden.",
            "Vier medewerkers gesproken, vier antwoorden.",
            "Weer de verkeerde afdeling.",
        ),
        ("Ik werd niet doorverbonden.", "We waren met vier personen.", "Deze afdeling is geweldig."),
    ),
    "repeat_contact": (
        (
            "Ik heb vier keer gebeld.",
            "Dit is de derde keer dat ik mail.",
            "Zoals ik al schreef, de kabel ontbreekt.",
            "Elke keer opnieuw mijn verhaal vertellen.",
            "Weer gebeld, weer niks.",
        ),
        ("Ik belde en het was geregeld.", "De derde keer dat ik hier bestel.", "Hoefde niet opnieuw te bellen."),
    ),
    "steps": (
        (
            "Zeven formulieren om een naam te wijzigen.",
            "Wat een omslachtig gedoe.",
            "Ik moest alles opnieuw invullen.",
            "Alles geprobeerd.",
            "Niet bepaald gebruiksvriendelijk.",
        ),
        ("Twee klikken en klaar.", "Het is niet ingewikkeld.", "Stuk voor stuk goede boeken."),
    ),
    "missing_information": (
        (
            "Niemand vertelde me dat jullie dicht waren.",
            "Ik weet niet waar mijn bestelling is.",
            "Tarief verhoogd zonder uitleg.",
            "Iedereen zegt wat anders.",
            "Dat hadden jullie wel kunnen melden.",
        ),
        ("Ze hebben me alles verteld.", "Duidelijke uitleg gekregen.", "Lamp werkt goed in het donker."),
    ),
    "channel_switch": (
        (
            "In de chat zeiden ze dat ik moest bellen.",
            "Ik moest zelf naar de winkel.",
            "Opzeggen kan alleen telefonisch.",
            "De app verwijst naar de website.",
        ),
        ("Op de site gekocht, thuis bezorgd.", "Ik hoefde niet naar de winkel.", "In de chat sprak ik Sanne."),
    ),
    "workaround": (
        (
            "Ik tik het elke maand handmatig over.",
            "Uiteindelijk zelf gerepareerd.",
            "Ik moest een andere kopen.",
            "We moeten ons behelpen.",
        ),
        ("Met de hand gemaakt kommetje.", "Geld lenen kan bij deze bank.", "Hij gaat vanzelf aan."),
    ),
    "easy": (
        (
            "Snel en makkelijk.",
            "Binnen vijf minuten geregeld.",
            "Het duurde niet lang.",
            "Ik hoefde niet lang te wachten.",
            "Zonder gedoe omgeruild.",
            "Meteen geholpen.",
        ),
        (
            "Het was niet makkelijk.",
            "Ik hoop op een snelle reactie.",
            "Graag zo snel mogelijk antwoord.",
            "Snel kapot.",
            "De volgende dag was hij kapot.",
        ),
    ),
    "resolved": (
        (
            "Het probleem is opgelost.",
            "Het pakket is bezorgd.",
            "Mijn geld is binnen.",
            "Zonder problemen hebben ze hem vervangen.",
            "Het werkt weer.",
            "Ik kan weer inloggen.",
            "Ze losten het netjes op.",
        ),
        (
            "Het probleem is nog niet opgelost.",
            "Wanneer wordt het opgelost?",
            "Als het opgelost is, ben ik blij.",
            "Kapot geleverd.",
            "Het werkt weer niet.",
            "Volgens de site is het bezorgd.",
            "Is binnen een week kapot.",
        ),
    ),
    "unresolved": (
        (
            "Het probleem is nog niet opgelost.",
            "Nog steeds geen geld terug.",
            "De app werkt niet.",
            "Kapot geleverd.",
            "Het werkt weer niet.",
            "Weer dezelfde foutmelding.",
            "Ze losten het niet op.",
        ),
        (
            "Tot nu toe geen klachten.",
            "Nog niet geprobeerd.",
            "Een stuk beter dan de oude.",
            "Het werkt niet alleen hier.",
        ),
    ),
    "churn": (
        (
            "Ik zeg mijn abonnement op.",
            "Nooit meer bij jullie.",
            "Ik stap over naar een andere bank.",
            "Ik bestel hier niet meer.",
            "Weer een klant kwijt.",
        ),
        ("Nooit meer iets anders!", "Ben overgestapt naar jullie.", "Ik wil de bestelling van gisteren annuleren."),
    ),
    "loyalty": (
        (
            "Al tien jaar klant.",
            "Ik ben een trouwe klant.",
            "Ik koop altijd hier.",
            "We blijven bij jullie.",
        ),
        ("De bank is tien jaar oud.", "Twee jaar garantie.", "Blijf even aan de lijn."),
    ),
    "referral": (
        ("Ik raad het iedereen aan.", "Een aanrader!", "Aan al mijn vriendinnen verteld.", "Vijf sterren."),
        ("Ik raad het niet aan.", "Ik zou het niet aanraden.", "Geen aanrader."),
    ),
    "repurchase": (
        ("Ik bestel zeker weer.", "Wij komen graag terug.", "Net mijn contract verlengd.", "Hier ga ik vaker kopen."),
        ("Ik bestel hier nooit meer.", "Ik wil graag mijn geld terug.", "Ik bel morgen weer."),
    ),
    "competitor": (
        (
            "De concurrent doet het in een dag.",
            "Andere webshops leveren sneller.",
            "Elders gekocht.",
            "Goedkoper dan Bolderman.",
        ),
        ("Beter dan verwacht.", "Beter dan ik dacht.", "Hij is een andere maat."),
    ),
    "price": (
        ("Veel te duur.", "Er kwamen kosten bij.", "Ik heb 30 euro betaald.", "Goede prijs."),
        (
            "Dat stel ik zeer op prijs.",
            "Hij heeft de eerste prijs gewonnen.",
            "Geluk van korte duur.",
            "Het kost veel tijd.",
            "Jullie hulp is goud waard.",
        ),
    ),
    "agent_resolved": (
        ("Ik heb het bedrag teruggestort.", "Uw pas is vervangen.", "Uw account is weer actief."),
        ("De terugbetaling is niet goedgekeurd.", "Waarmee kan ik u helpen?", "Ik kijk het even na."),
    ),
    "agent_unresolved": (
        ("Helaas, dat gaat niet.", "Uw verzoek is in behandeling.", "We kunnen het niet annuleren."),
        ("Een ogenblik geduld.", "Goedemorgen, waarmee kan ik u helpen?"),
    ),
}

FELT = {
    "anger": (("Dit is een schande!", "Ik ben woedend."), ("Ik ben niet boos.", "Genaaid met rood garen.")),
    "frustration": (("Ik ben het zat.", "Wat een tijdverspilling."), ("Niet frustrerend.", "De kabel zat in de doos.")),
    "disappointment": (("Wat een teleurstelling.", "Viel erg tegen."), ("Geen spijt van.", "Beter dan verwacht.")),
    "sadness": (("Ik moest ervan huilen.", "Zo verdrietig."), ("Niet verdrietig.", "Geen traan gelaten.")),
    "fear": (
        ("Ik ben bang dat ik alles kwijt ben.", "Ik maak me zorgen."),
        ("Ik ben niet bang.", "Het pakket is bezorgd.", "Wij zorgen voor u."),
    ),
    "confusion": (("Ik snap er niets van.", "Heel verwarrend."), ("Ik begrijp het.", "Meteen gesnapt.")),
    "surprise": (("Dat had ik niet verwacht.", "Aangenaam verrast."), ("Niet verrast.", "Verwacht morgen.")),
    "joy": (("Ik ben er zo blij mee.", "Geweldig!"), ("Ik ben niet blij.", "Ik ben ontevreden.")),
    "gratitude": (
        ("Heel erg bedankt!", "Jullie hebben me gered.", "Dat stel ik zeer op prijs."),
        ("Bedankt, dag.", "Alvast bedankt voor de moeite."),
    ),
    "relief": (("Goddank!", "Wat een opluchting."), ("Niet opgelucht.", "Ik wil eindeloos bladeren.")),
    "trust": (
        ("Ik vertrouw jullie.", "Een betrouwbare winkel."),
        ("Ik vertrouw jullie niet.", "Eerlijk gezegd matig."),
    ),
    "pride": (("Ik ben trots op mezelf.", "Helemaal zelf gebouwd."), ("Niet trots.", "Zelf heb ik er een.")),
}
