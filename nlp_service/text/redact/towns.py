"""Large towns: a number of five digits near one is likely to be its postal code."""

import re

_NAMES = """
london birmingham manchester liverpool leeds sheffield bristol newcastle nottingham leicester glasgow edinburgh
cardiff belfast
dublin oxford cambridge brighton york portsmouth southampton norwich exeter aberdeen
boston chicago houston phoenix philadelphia dallas austin seattle denver atlanta miami detroit portland baltimore
memphis
milwaukee sacramento oakland tucson cleveland tampa pittsburgh cincinnati orlando brooklyn omaha minneapolis charlotte
nashville louisville albuquerque fresno tulsa wichita honolulu anchorage spokane buffalo rochester
toronto montreal vancouver calgary ottawa edmonton winnipeg sydney melbourne brisbane perth adelaide auckland
delhi mumbai bangalore bengaluru chennai kolkata hyderabad pune ahmedabad jaipur lucknow noida gurgaon kochi indore
bhopal
nagpur kanpur patna दिल्ली मुंबई पुणे लखनऊ जयपुर भोपाल इंदौर पटना कानपुर नोएडा आगरा वाराणसी
berlin hamburg münchen munich köln cologne frankfurt stuttgart düsseldorf leipzig dortmund bremen dresden hannover
nürnberg duisburg bochum wuppertal bielefeld bonn münster karlsruhe mannheim augsburg wiesbaden aachen braunschweig kiel
chemnitz magdeburg freiburg lübeck erfurt mainz rostock kassel saarbrücken potsdam würzburg regensburg ingolstadt ulm
heidelberg darmstadt osnabrück oldenburg göttingen jena trier wien vienna graz linz salzburg innsbruck klagenfurt
zürich zurich genf basel lausanne bern winterthur luzern lugano sion genève
paris marseille lyon toulouse nantes montpellier strasbourg bordeaux lille rennes reims toulon grenoble dijon
nîmes villeurbanne brest limoges amiens perpignan metz besançon orléans rouen mulhouse caen nancy avignon poitiers
bruxelles brussel anvers antwerpen gent liège namur charleroi brugge leuven ixelles
madrid barcelona valencia sevilla zaragoza málaga murcia palma bilbao alicante córdoba valladolid vigo gijón
vitoria granada
oviedo elche badalona cartagena jerez pamplona almería santander burgos albacete salamanca logroño huelva cádiz lleida
tarragona león castellón getafe coruña donostia girona toledo cáceres badajoz monterrey guadalajara puebla
roma milano napoli torino palermo genova bologna firenze bari catania venezia verona messina padova trieste brescia
parma
modena taranto livorno ravenna ferrara rimini perugia cagliari salerno bergamo vicenza trento bolzano pescara lecce
udine ancona arezzo pisa lucca siena varese
lisboa porto braga coimbra setúbal aveiro faro évora leiria viseu funchal guimarães amadora almada cascais sintra loulé
recife salvador fortaleza curitiba manaus belém goiânia campinas florianópolis maceió niterói joinville
amsterdam rotterdam utrecht eindhoven groningen tilburg almere breda nijmegen enschede haarlem arnhem zaanstad
amersfoort
apeldoorn hoofddorp maastricht leiden dordrecht zoetermeer zwolle deventer delft leeuwarden sneek hilversum alkmaar
istanbul ankara izmir bursa antalya adana konya gaziantep mersin kayseri eskişehir diyarbakır samsun denizli
şanlıurfa malatya
trabzon erzurum sakarya kocaeli balıkesir manisa aydın muğla tekirdağ kadıköy beşiktaş üsküdar şişli ümraniye
pendik maltepe
bakırköy çankaya keçiören bornova karşıyaka nilüfer osmangazi bodrum edirne çanakkale hatay rize sivas elazığ
تهران مشهد اصفهان کرج شیراز تبریز اهواز کرمانشاه ارومیه رشت زاهدان همدان کرمان یزد اردبیل بندرعباس اراک زنجان سنندج
قزوین گرگان ساری بابل بوشهر کاشان نیشابور سبزوار
ریاض الریاض جده مکه دمام الدمام الخبر طایف الطایف تبوک بریده ابها حایل نجران جازان القاهره الاسکندریه الجیزه طنطا
المنصوره اسیوط
بورسعید الاسماعیلیه الاقصر اسوان عمان اربد الزرقا بغداد البصره الموصل بیروت دمشق حلب البیضا الرباط مراکش تونس
"""
TOWNS = frozenset(_NAMES.split())
_WORD = re.compile(r"[^\W\d_]+")
_PREFIX = re.compile(r"^(?:[وبلف]|وب)(?=\w{4})")
"""What Arabic writes onto the beginning of a name."""


def names_town(text: str) -> bool:
    """Whether a plain text names one of the towns, in capitals where its letters have them."""
    return any(_is_town(word) for word in _WORD.findall(text))


def _is_town(word: str) -> bool:
    if word[0].islower():
        return False
    known = word.replace("İ", "i").lower()
    return known in TOWNS or _PREFIX.sub("", known) in TOWNS
