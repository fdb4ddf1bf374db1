const words = (text: string): readonly string[] => text.split(" ");
const list = (text: string): readonly string[] => text.split(",");

/** Words the seeded people and companies are made of: several languages, accents, apostrophes, hyphens. */
export const seedWords = {
  people: [
    {
      language: "de",
      country: "Germany",
      first: words("Jürgen Käthe Björn Änne Günther Søren Marlies Uwe"),
      last: words("Müller Schäfer Groß Weiß Böhm Übelhör Lüdtke"),
      cities: list("München,Köln,Düsseldorf,Görlitz"),
    },
    {
      language: "fr",
      country: "France",
      first: words("François Zoé Éloïse Théo Gaëlle Noël Amélie Jérôme"),
      last: words("Lefèvre Dubois-Garçon D'Aubigné Château Bérénger"),
      cities: list("Orléans,Besançon,Nîmes,Saint-Étienne"),
    },
    {
      language: "es",
      country: "Spain",
      first: words("José Begoña Íñigo Lucía Nuria Andrés Inés"),
      last: words("Núñez Muñoz Ibáñez Peña Güell Aragón"),
      cities: list("Logroño,Cádiz,A Coruña,Málaga"),
    },
    {
      language: "pl",
      country: "Poland",
      first: words("Łukasz Małgorzata Żaneta Paweł Świetłana"),
      last: words("Wiśniewski Żółtowska Dąbrowski Kamińska"),
      cities: list("Łódź,Kraków,Gdańsk,Poznań"),
    },
    {
      language: "sv",
      country: "Sweden",
      first: words("Åsa Göran Märta Örjan Linnéa"),
      last: words("Åkesson Öberg Sjöström Lindgård"),
      cities: list("Malmö,Göteborg,Örebro"),
    },
    {
      language: "cs",
      country: "Czechia",
      first: words("Jiří Šárka Tomáš Běla Ondřej"),
      last: words("Dvořák Němcová Procházka Říha"),
      cities: list("Plzeň,Brno,České Budějovice"),
    },
    {
      language: "tr",
      country: "Türkiye",
      first: words("Çağla İbrahim Gülşah Oğuz Şule"),
      last: words("Yılmaz Öztürk Çelik Şahin"),
      cities: list("İzmir,Eskişehir,Muğla"),
    },
    {
      language: "en",
      country: "Ireland",
      first: words("Siobhán Niall Mary-Kate Conor Aoife Patrick"),
      last: words("O'Brien Ní Dhomhnaill-Walsh Smith Kavanagh"),
      cities: list("Dublin,Galway,Dún Laoghaire"),
    },
    {
      language: "ja",
      country: "Japan",
      first: words("太郎 花子 さくら 健一"),
      last: words("山田 佐藤 鈴木 髙橋"),
      cities: list("東京,大阪,横浜"),
    },
    {
      language: "el",
      country: "Greece",
      first: words("Ελένη Γιώργος Άννα"),
      last: words("Παπαδόπουλος Αντωνίου"),
      cities: list("Αθήνα,Θεσσαλονίκη"),
    },
  ],
  companyStems: words(
    "Nordlicht Quellwerk Bergfein Atelier-Lumière Fjordgut Casa-Niña Młyn Sonnfeld Zephyr Kupferhaus Blåbær Río-Claro Hafenkante Oak-&-Iron Tessellate Wolkenbau Papyrus Marée Velvetine Glasmanufaktur",
  ),
  companyEndings: list("GmbH,AG,S.A.,Ltd.,AB,s.r.o.,& Söhne,Inc.,SARL,Group"),
  jobTitles: list(
    "Head of Sales,Einkäuferin,CEO,Développeur,Jefa de ventas,Office Manager,VP Operations & Finance,Geschäftsführer,Data analyst,Kierownik",
  ),
  streets: list("Hauptstraße,Rue de l'Église,Calle Mayor,Storgatan,ul. Długa,Main Street,Náměstí Míru"),
  sentences: [
    "Met at the trade fair, wants a call after the holidays.",
    'Prefers e-mail; "no calls, please" (her words).',
    "Müssen wir wegen der Verlängerung noch einmal ansprechen – bitte vor Quartalsende.",
    "Budget: 10.000 €; decision in Q3, 2 approvers.",
    "A très bien répondu à la démo; relancer début mars.",
    "=SUM(1,2) is what the import wrote here once.",
  ],
};
