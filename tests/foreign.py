"""A paragraph of news in each of many languages, written for the tests."""

PARAGRAPHS = {
    "German": (
        "Die Regierung lehnt den Bau des Staudamms weiterhin ab. Das sagte der Außenminister am "
        "Montag nach einem Treffen mit seinen Kollegen in Wien. Die Verhandlungen sollen im Herbst "
        "fortgesetzt werden, obwohl die Nachbarn bisher kaum Zugeständnisse gemacht haben."
    ),
    "French": (
        "Le gouvernement refuse toujours la construction du barrage, a déclaré lundi le ministre "
        "des Affaires étrangères après une réunion avec ses homologues à Vienne. Les négociations "
        "doivent reprendre à l'automne, même si les pays voisins n'ont guère cédé."
    ),
    "Spanish": (
        "El gobierno sigue rechazando la construcción de la presa, dijo el lunes el ministro de "
        "Exteriores tras una reunión con sus colegas en Viena. Las negociaciones continuarán en "
        "otoño, aunque los países vecinos apenas han hecho concesiones hasta ahora."
    ),
    "Italian": (
        "Il governo continua a opporsi alla costruzione della diga, ha detto lunedì il ministro "
        "degli Esteri dopo un incontro con i suoi colleghi a Vienna. I negoziati riprenderanno in "
        "autunno, anche se i paesi vicini finora non hanno fatto alcuna concessione."
    ),
    "Portuguese": (
        "O governo continua a rejeitar a construção da barragem, disse na segunda-feira o ministro "
        "dos Negócios Estrangeiros depois de uma reunião com os seus homólogos em Viena. As "
        "negociações vão continuar no outono, embora os vizinhos não tenham feito concessões."
    ),
    "Dutch": (
        "De regering is nog steeds tegen de bouw van de stuwdam, zei de minister van Buitenlandse "
        "Zaken maandag na een ontmoeting met zijn collega's in Wenen. De onderhandelingen gaan in "
        "het najaar verder, al hebben de buurlanden tot nu toe nauwelijks toegegeven."
    ),
    "Polish": (
        "Rząd nadal sprzeciwia się budowie zapory, powiedział w poniedziałek minister spraw "
        "zagranicznych po spotkaniu ze swoimi kolegami w Wiedniu. Rozmowy mają być kontynuowane "
        "jesienią, choć sąsiedzi jak dotąd nie poszli na żadne ustępstwa."
    ),
    "Czech": (
        "Vláda stavbu přehrady nadále odmítá, řekl v pondělí ministr zahraničí po schůzce se svými "
        "protějšky ve Vídni. Jednání mají pokračovat na podzim, i když sousední země zatím žádné "
        "ústupky neučinily a jejich představitelé se k dohodě nevyjádřili."
    ),
    "Russian": (
        "Правительство по-прежнему выступает против строительства плотины, заявил в понедельник "
        "министр иностранных дел после встречи со своими коллегами в Вене. Переговоры продолжатся "
        "осенью, хотя соседние страны пока не пошли на уступки."
    ),
    "Ukrainian": (
        "Уряд і далі виступає проти будівництва греблі, заявив у понеділок міністр закордонних "
        "справ після зустрічі зі своїми колегами у Відні. Переговори мають продовжитися восени, "
        "хоча сусідні країни поки що не пішли на поступки."
    ),
    "Bulgarian": (
        "Правителството продължава да се противопоставя на строежа на язовира, каза в понеделник "
        "външният министър след среща с колегите си във Виена. Преговорите ще продължат през "
        "есента, въпреки че съседните държави досега не са направили отстъпки."
    ),
    "Romanian": (
        "Guvernul se opune în continuare construirii barajului, a declarat luni ministrul de "
        "externe după o întâlnire cu omologii săi la Viena. Negocierile vor continua în toamnă, "
        "deși țările vecine nu au făcut până acum aproape nicio concesie."
    ),
    "Swedish": (
        "Regeringen säger fortfarande nej till dammbygget, sade utrikesministern i måndags efter "
        "ett möte med sina kolleger i Wien. Förhandlingarna ska fortsätta i höst, även om "
        "grannländerna hittills knappt har gjort några eftergifter."
    ),
    "Norwegian": (
        "Regjeringen sier fortsatt nei til å bygge demningen, sa utenriksministeren mandag etter "
        "et møte med kollegene sine i Wien. Forhandlingene skal fortsette til høsten, selv om "
        "nabolandene hittil nesten ikke har kommet med noen innrømmelser."
    ),
    "Danish": (
        "Regeringen er stadig imod opførelsen af dæmningen, sagde udenrigsministeren mandag efter "
        "et møde med sine kolleger i Wien. Forhandlingerne skal fortsætte til efteråret, selv om "
        "nabolandene indtil videre næsten ikke har givet sig på nogen punkter."
    ),
    "Finnish": (
        "Hallitus vastustaa yhä padon rakentamista, sanoi ulkoministeri maanantaina tavattuaan "
        "virkaveljensä Wienissä. Neuvottelujen on määrä jatkua syksyllä, vaikka naapurimaat eivät "
        "ole toistaiseksi juuri tehneet myönnytyksiä."
    ),
    "Hungarian": (
        "A kormány továbbra is ellenzi a gát megépítését, mondta hétfőn a külügyminiszter, miután "
        "Bécsben találkozott kollégáival. A tárgyalások ősszel folytatódnak, bár a szomszédos "
        "országok eddig alig tettek engedményeket."
    ),
    "Turkish": (
        "Hükümet barajın yapımına hâlâ karşı çıkıyor, dedi dışişleri bakanı pazartesi günü "
        "Viyana'da meslektaşlarıyla yaptığı görüşmenin ardından. Görüşmelerin sonbaharda devam "
        "etmesi bekleniyor, ancak komşu ülkeler şimdiye kadar pek taviz vermedi."
    ),
    "Greek": (
        "Η κυβέρνηση εξακολουθεί να απορρίπτει την κατασκευή του φράγματος, δήλωσε τη Δευτέρα ο "
        "υπουργός Εξωτερικών μετά από συνάντηση με τους ομολόγους του στη Βιέννη. Οι "
        "διαπραγματεύσεις θα συνεχιστούν το φθινόπωρο."
    ),
    "Arabic": (
        "قال وزير الخارجية يوم الاثنين بعد اجتماع مع نظرائه في فيينا إن الحكومة ما زالت ترفض بناء "
        "السد. ومن المقرر أن تستمر المفاوضات في الخريف على الرغم من أن الدول المجاورة لم تقدم "
        "تنازلات تذكر حتى الآن."
    ),
    "Hebrew": (
        "הממשלה ממשיכה להתנגד לבניית הסכר, אמר שר החוץ ביום שני לאחר פגישה עם עמיתיו בווינה. "
        "השיחות צפויות להימשך בסתיו, אף שהמדינות השכנות כמעט לא הסכימו לוויתורים עד כה."
    ),
    "Persian": (
        "وزیر امور خارجه روز دوشنبه پس از دیدار با همتایان خود در وین گفت که دولت همچنان با ساخت "
        "سد مخالف است. قرار است مذاکرات در پاییز ادامه یابد، هرچند کشورهای همسایه تاکنون امتیازی "
        "نداده‌اند."
    ),
    "Hindi": (
        "विदेश मंत्री ने सोमवार को वियना में अपने समकक्षों से मुलाकात के बाद कहा कि सरकार अब भी बांध के "
        "निर्माण का विरोध करती है। बातचीत शरद ऋतु में जारी रहेगी, हालांकि पड़ोसी देशों ने अब तक कोई रियायत "
        "नहीं दी है।"
    ),
    "Chinese": (
        "外交部长星期一在维也纳与各国外长会晤后表示，政府仍然反对修建大坝。谈判定于2014年秋季继续进行，"
        "尽管邻国迄今几乎没有作出任何让步。他说，如果对方不改变立场，双方很难在年底以前达成协议，"
        "民众也不会接受这样的结果。"
    ),
    "Japanese": (
        "外相は月曜日、ウィーンで各国の外相と会談した後、政府はダムの建設に引き続き反対すると述べた。"
        "交渉は秋に再開される予定だが、隣国はこれまでほとんど譲歩していない。"
        "年内に合意に達するのは難しいとみられている。"
    ),
    "Korean": (
        "외무장관은 월요일 빈에서 각국 장관들과 회담한 뒤 정부가 여전히 댐 건설에 반대한다고 말했다. "
        "협상은 가을에 계속될 예정이지만 이웃 나라들은 지금까지 거의 양보하지 않았다."
    ),
    "Vietnamese": (
        "Chính phủ vẫn phản đối việc xây dựng con đập, bộ trưởng ngoại giao cho biết hôm thứ Hai "
        "sau cuộc gặp với những người đồng cấp tại Viên. Các cuộc đàm phán sẽ tiếp tục vào mùa "
        "thu, dù các nước láng giềng cho đến nay hầu như chưa nhượng bộ."
    ),
    "Indonesian": (
        "Pemerintah tetap menolak pembangunan bendungan itu, kata menteri luar negeri pada hari "
        "Senin setelah bertemu dengan rekan-rekannya di Wina. Perundingan akan dilanjutkan pada "
        "musim gugur, meskipun negara-negara tetangga sejauh ini belum memberi konsesi."
    ),
}
