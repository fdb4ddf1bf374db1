/** Words the seeded people and companies are made of: several languages, accents, apostrophes, hyphens. */
export const seedWords = {
  people: [
    {
      language: "de",
      country: "Germany",
      first: "Jürgen Käthe Björn Änne Günther Søren Marlies Uwe",
      last: "Müller Schäfer Groß Weiß Böhm von Übelhör Lüdtke",
      cities: "München,Köln,Düsseldorf,Görlitz",
    },
    {
      language: "fr",
      country: "France",
      first: "François Zoé Éloïse Théo Gaëlle Noël Amélie Jérôme",
      last: "Lefèvre Dubois-Garçon D'Aubigné Château Bérénger",
      cities: "Orléans,Besançon,Nîmes,Saint-Étienne",
    },
    {
      language: "es",
      country: "Spain",
      first: "José Begoña Íñigo Lucía Nuria Andrés Inés",
      last: "Núñez Muñoz Ibáñez Peña Güell Aragón",
      cities: "Logroño,Cádiz,A Coruña,Málaga",
    },
    {
      language: "pl",
      country: "Poland",
      first: "Łukasz Małgorzata Żaneta Paweł Świetłana",
      last: "Wiśniewski Żółtowska Dąbrowski Kamińska",
      cities: "Łódź,Kraków,Gdańsk,Poznań",
    },
    {
      language: "sv",
      country: "Sweden",
      first: "Åsa Göran Märta Örjan Linnéa",
      last: "Åkesson Öberg Sjöström Lindgård",
      cities: "Malmö,Göteborg,Örebro",
    },
    {
      language: "cs",
      country: "Czechia",
      first: "Jiří Šárka Tomáš Běla Ondřej",
      last: "Dvořák Němcová Procházka Říha",
      cities: "Plzeň,Brno,České Budějovice",
    },
    {
      language: "tr",
      country: "Türkiye",
      first: "Çağla İbrahim Gülşah Oğuz Şule",
      last: "Yılmaz Öztürk Çelik Şahin",
      cities: "İzmir,Eskişehir,Muğla",
    },
    {
      language: "en",
      country: "Ireland",
      first: "Siobhán Niall Mary-Kate Conor Aoife Patrick",
      last: "O'Brien Ní Dhomhnaill-Walsh Smith Kavanagh",
      cities: "Dublin,Galway,Dún Laoghaire",
    },
    {
      language: "ja",
      country: "Japan",
      first: "太郎 花子 さくら 健一",
      last: "山田 佐藤 鈴木 髙橋",
      cities: "東京,大阪,横浜",
    },
    {
      language: "el",
      country: "Greece",
      first: "Ελένη Γιώργος Άννα",
      last: "Παπαδόπουλος Αντωνίου",
      cities: "Αθήνα,Θεσσαλονίκη",
    },
  ],
  companyStems:
    "Nordlicht Quellwerk Bergfein Atelier-Lumière Fjordgut Casa-Niña Młyn Sonnfeld Zephyr Kupferhaus Blåbær Río-Claro Hafenkante Oak-&-Iron Tessellate Wolkenbau Papyrus Marée Velvetine Glasmanufaktur",
  companyEndings: "GmbH,AG,S.A.,Ltd.,AB,s.r.o.,& Söhne,Inc.,SARL,Group",
  jobTitles:
    "Head of Sales,Einkäuferin,CEO,Développeur,Jefa de ventas,Office Manager,VP Operations & Finance,Geschäftsführer,Data analyst,Kierownik",
  streets: "Hauptstraße,Rue de l'Église,Calle Mayor,Storgatan,ul. Długa,Main Street,Náměstí Míru",
  sentences: [
    "Met at the trade fair, wants a call after the holidays.",
    'Prefers e-mail; "no calls, please" (her words).',
    "Müssen wir wegen der Verlängerung noch einmal ansprechen – bitte vor Quartalsende.",
    "Budget: 10.000 €; decision in Q3, 2 approvers.",
    "A très bien répondu à la démo; relancer début mars.",
    "=SUM(1,2) is what the import wrote here once.",
  ],
} as const;
