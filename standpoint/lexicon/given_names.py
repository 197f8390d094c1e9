"""Common given names by gender, for pronouns and for telling persons apart.

Frequent English names, and those of politicians in the news; no source is recorded. Names that
both genders have ("Kim", "Jan", "Jean") are left out, since a wrong gender costs more than none.
"""

from standpoint.lexicon.word_set import words

MALE_NAMES = words("""
    john james robert michael william david richard joseph thomas charles christopher daniel matthew
    anthony mark donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward
    jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin
    samuel gregory alexander patrick frank raymond jack dennis jerry tyler aaron jose henry adam
    douglas nathan peter zachary kyle walter harold jeremy carl keith roger gerald arthur bill bob
    jim joe tom tim tony mike dan ted barack boris vladimir sergei sergey dmitry dmitri mikhail
    viktor victor igor oleg oleh ivan yuri nikolai andrei alexei anatoly pavel vaclav pierre
    francois jacques michel nicolas emmanuel laurent philippe hans klaus helmut gerhard jurgen
    wolfgang dieter stefan heinrich konrad otto carlos juan luis miguel pedro pablo javier fernando
    jorge mario marco paolo luca giorgi giuseppe giovanni matteo silvio antonio mohammed mohamed
    muhammad mohammad ahmed ahmad ali hassan hussein mustafa ibrahim omar khalid abdullah mahmoud
    yusuf youssef bashar walid faisal hossein javad recep mehmet yitzhak shimon ehud avigdor
    narendra rajiv rahul arvind sanjay shinzo junichiro hiroshi kenji takashi simon martin derek
    stuart graham neil ian nigel gordon hugh rory liam sean brendan declan lars erik anders jens
    olaf bjorn matti kofi nelson thabo goodluck esteban alejandro
    ethan noah bryan bruce gabriel albert alan wayne randy roy vincent ralph eugene bobby philip
    louis ivo milos zoran goran dragan petr jiri tomas mateusz krzysztof piotr janusz lech bohdan
    mykola vasyl petro denys ruslan rustam aslan arturo ricardo roberto rafael hector enrique
    ernesto hugo diego tiago joao paulo rui emre kemal ismail bilal tariq imran nawaz shahid
    yousef karim jamal nasser samir chidi emeka olusegun kwame yaw tendai sipho joko budi
    nguyen minh takeshi haruto ichiro yasuhiro fumio kenta
""")
FEMALE_NAMES = words("""
    mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty
    margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah
    stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma
    nicole helen samantha katherine christine debra rachel carolyn janet catherine maria heather
    diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith
    hillary theresa condoleezza madeleine nikki kamala melania ivanka susana ursula annegret
    annalena christiane simone martine segolene marine valerie anne marie claire sophie isabelle
    nathalie elena helena irina olga natalia tatiana svetlana yulia ekaterina galina ludmila ana
    lucia carmen isabel dolores pilar sofia beatriz cristina dilma fatima aisha aicha leila layla
    zainab khadija amina samira nadia buthaina bouthaina asma rania tzipi golda ayelet indira sonia
    mamata sushma benazir malala hina aung ngozi ellen winnie graca ingrid astrid greta sanna mette
    jacinda julia gillian penny fiona alison nicola arlene heidi katrin annika zofia danuta beata
    ewa agnieszka celeste marit haruka yuriko odile ilinca rosaria giulia chiara francesca federica
    paola
    rita
    kristin kristen hilary kathryn yvette kristina megan cheryl hannah martha jacqueline frances
    teresa janice alice doris abigail judy denise danielle sophia diana brittany natalie isabella
    suella theresa esther miriam rachida rosa elisa marta ines catarina leticia daniela gabriela
    valentina milena jelena ivana vesna dragana zuzana petra iveta eva ilona monika malgorzata
    oksana yuliya nadiya svitlana olena ksenia daria anastasia aylin elif fatma zeynep leyla
    nasrin shirin maryam parisa noor amal hanan rima priya anjali kavita sunita aditi mei
    sakura keiko yoko naoko akiko thandiwe chiamaka amaka ngozi adaeze wanjiru
""")
GIVEN_NAMES = MALE_NAMES | FEMALE_NAMES
# Function words that are given names, or parts of contractions, as well.
GIVEN_NAME_HOMOGRAPHS = words("will may t d")
