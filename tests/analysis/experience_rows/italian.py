"""Italian: kind or emotion → the sentences that show it, and those that only resemble it."""

CUES = {
    "wait": (
        (
            "Aspetto il rimborso da tre settimane.",
            "Sono in attesa da quaranta minuti.",
            "Non arriva e aspetto da due settimane.",
            "Non ho ricevuto nessuna risposta.",
            "Ci hanno messo un mese.",
            "Che fine ha fatto il mio pacco?",
            "Consegna in ritardo di cinque giorni.",
            "Ho perso tutta la mattinata al telefono.",
        ),
        (
            "Non ho aspettato molto.",
            "Non ho dovuto aspettare nemmeno un'ora.",
            "Consegnato senza ritardi.",
            "Mi aspetto una risposta in due giorni.",
            "L'aspetto da curare è la grafica.",
            "In attesa di un vostro riscontro, cordiali saluti.",
            "Lo uso da tre settimane.",
            "L'ho usato per tre giorni di fila.",
            "Una fila di luci.",
        ),
    ),
    "transfer": (
        (
            "Mi hanno rimbalzato da un ufficio all'altro.",
            "Mi hanno passato un altro operatore.",
            "È il solito scaricabarile.",
            "Ho parlato con cinque operatori diversi.",
        ),
        (
            "I prezzi cambiano da un giorno all'altro.",
            "Non mi hanno passato nessun altro ufficio.",
            "Siamo cinque persone.",
        ),
    ),
    "repeat_contact": (
        (
            "Ho chiamato quattro volte.",
            "È la terza volta che scrivo.",
            "Devo rispiegare tutto da capo.",
            "Vi ho già scritto lunedì.",
            "Dopo tre solleciti, niente.",
        ),
        ("Ho chiamato e hanno risolto.", "È la terza volta che compro qui.", "Mi hanno richiamato loro."),
    ),
    "steps": (
        (
            "Sette moduli per cambiare un nome.",
            "La procedura è troppo macchinosa.",
            "Bisogna ricominciare da capo.",
            "Le ho provate tutte.",
            "Non è per niente intuitivo.",
        ),
        ("Bastano due click.", "Non è complicato.", "Hanno fatto di tutto per aiutarmi."),
    ),
    "missing_information": (
        (
            "Nessuno mi ha detto che era chiuso.",
            "Non so dove sia il mio ordine.",
            "Hanno cambiato tariffa senza preavviso.",
            "Ogni operatore dice una cosa diversa.",
            "Potevate avvisarmi.",
        ),
        ("Mi hanno avvisata di tutto.", "Non ho scritto io la recensione.", "La luce si accende al buio."),
    ),
    "channel_switch": (
        (
            "In chat mi hanno detto di chiamare.",
            "Sono dovuta andare in negozio.",
            "Il sito rimanda al call center.",
            "Non si può fare online.",
        ),
        (
            "Ho comprato sul sito, consegnato a casa.",
            "Non sono dovuto andare in negozio.",
            "Ho scritto in chat a Marta.",
        ),
    ),
    "workaround": (
        (
            "Ho ricopiato tutto a mano.",
            "Alla fine l'ho riparato da solo.",
            "Ho dovuto comprare un altro caricatore.",
            "Mi sono arrangiata come potevo.",
        ),
        ("La borsa è fatta a mano.", "Si accende da solo.", "Ho chiesto un prestito alla banca."),
    ),
    "easy": (
        (
            "È stato veloce e facilissimo.",
            "In cinque minuti era fatto.",
            "Non ci è voluto molto.",
            "Non ho aspettato molto.",
            "Risolto alla prima telefonata.",
            "Reso senza nessun problema.",
        ),
        (
            "Non è stato facile.",
            "Spero in una soluzione rapida.",
            "Una cosa così semplice e non la fanno.",
            "Il giorno dopo si è rotto.",
            "È poco intuitivo.",
        ),
    ),
    "resolved": (
        (
            "Il problema è stato risolto.",
            "È arrivato il pacco.",
            "Finalmente funziona tutto.",
            "Mi hanno rimborsato.",
            "Senza problemi hanno sostituito il telefono.",
            "Ora riesco a entrare.",
            "Sono arrivati i soldi.",
        ),
        (
            "Il problema non è stato risolto.",
            "Quando verrà risolto?",
            "Se lo risolvete sono contenta.",
            "Il pacco è arrivato rotto.",
            "Risulta consegnato ma qui non c'è.",
            "Siete riusciti a rovinare tutto.",
        ),
    ),
    "unresolved": (
        (
            "Il problema non è stato risolto.",
            "Ancora niente rimborso.",
            "Non funziona più.",
            "Il pacco è arrivato rotto.",
            "Nessuno risponde al telefono.",
            "Sempre lo stesso errore.",
            "Ci rinuncio.",
        ),
        (
            "Continua a funzionare senza problemi.",
            "Ancora non l'ho provato.",
            "Non riesco a smettere di usarlo.",
            "Sempre arrivato in orario.",
        ),
    ),
    "churn": (
        (
            "Ho disdetto l'abbonamento.",
            "Mai più da voi.",
            "Cambio operatore.",
            "Non comprerò più niente.",
            "Avete perso un cliente.",
            "Passo alla concorrenza.",
        ),
        ("Mai più senza!", "Non torno indietro, è fantastico.", "Mi hanno passato ad un altro ufficio."),
    ),
    "loyalty": (
        (
            "Sono cliente da dieci anni.",
            "Compro da voi da una vita.",
            "Vostri clienti affezionati.",
            "Ho sempre comprato qui.",
            "Non vi cambio per nulla al mondo.",
        ),
        ("Il colore è fedele alla foto.", "Ho la carta fedeltà.", "Il divano ha dieci anni."),
    ),
    "referral": (
        (
            "Lo consiglio a tutti.",
            "Ne ho parlato ai colleghi.",
            "Consigliatissimo!",
            "Cinque stelle.",
            "Raccomando a tutti.",
        ),
        ("Non lo consiglio.", "Mi raccomando, rispondete.", "Un consiglio: migliorate il sito."),
    ),
    "repurchase": (
        ("Tornerò sicuramente.", "Lo ricomprerei subito.", "Comprerò ancora da voi.", "Ho rinnovato l'abbonamento."),
        ("Non tornerò.", "Tornerò a chiamare domani.", "Non comprerò più da voi."),
    ),
    "competitor": (
        (
            "La concorrenza lo fa in un giorno.",
            "Altri negozi spediscono prima.",
            "L'ho trovato altrove.",
            "Più economico di Borsalta.",
        ),
        ("Meglio di quanto pensassi.", "Ho vinto il concorso.", "È peggio di prima."),
    ),
    "price": (
        (
            "Troppo caro per quello che è.",
            "Mi hanno addebitato due volte.",
            "Pagato 30 euro.",
            "Buon rapporto qualità prezzo.",
        ),
        ("Il vostro aiuto non ha prezzo.", "Cara Giulia, buongiorno.", "Cari saluti a tutti.", "Un ricordo prezioso."),
    ),
    "agent_resolved": (
        ("Ho provveduto al rimborso.", "La carta è stata sbloccata.", "Ora può accedere al conto."),
        ("Il rimborso non è stato approvato.", "Come posso aiutarla?", "Resti in linea."),
    ),
    "agent_unresolved": (
        ("Purtroppo non è possibile.", "La pratica è in lavorazione.", "Il modello è esaurito."),
        ("Attenda in linea un attimo.", "Buongiorno, come posso aiutarla?"),
    ),
}

FELT = {
    "anger": (("È una vergogna!", "Sono furiosa."), ("Non sono arrabbiato.", "Una serata senza rabbia.")),
    "frustration": (("Sono stufo.", "Una perdita di tempo."), ("Non è frustrante.", "Sei stanco? Siediti.")),
    "disappointment": (
        ("Che delusione.", "Mi aspettavo di meglio."),
        ("Non sono deluso.", "Non me ne sono pentita.", "Mi aspetto il pacco domani."),
    ),
    "sadness": (("Mi viene da piangere.", "Sono triste."), ("Non sono triste.", "Una storia che non è triste.")),
    "fear": (("Ho paura di perdere tutto.", "Sono molto preoccupata."), ("Non ho paura.", "Non preoccupatevi.")),
    "confusion": (("Non ho capito niente.", "Sono confuso."), ("Ho capito subito.", "Si capisce bene.")),
    "surprise": (
        ("Non me lo aspettavo.", "Sono rimasta sorpresa."),
        ("Non sono sorpreso.", "Aspettavo il pacco ieri."),
    ),
    "joy": (("Sono contentissima.", "Che gioia!"), ("Non sono contento.", "Sono insoddisfatta.")),
    "gratitude": (
        ("Grazie mille per l'aiuto.", "Mi avete salvato la vacanza."),
        ("Grazie, arrivederci.", "Ringrazio anticipatamente."),
    ),
    "relief": (("Meno male!", "Che sollievo."), ("Non sono sollevata.", "Alla fine ho chiamato.")),
    "trust": (("Mi fido di voi.", "Un'azienda affidabile."), ("Non mi fido.", "Ho perso la fiducia.")),
    "pride": (
        ("Sono orgoglioso di me.", "Ho montato tutto da sola."),
        ("Non sono orgogliosa.", "Siamo stati in fiera."),
    ),
}
