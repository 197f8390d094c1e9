"""Words of news pages themselves: bylines, captions, headings."""

from standpoint.lexicon.word_set import words

# Words that have a capital at the start of a sentence or of a byline, and are no name.
NOT_NAMES = words("""
    the a an this that these those it its he she they we i you his her their our my your who what
    when where why how which there here and or but nor so yet if as at by for from in into of off on
    out over to under up with within without after before since until while during despite amid
    although though because about against among between through some many most more several few all
    any both each every other another no not only even also just still now then today yesterday
    tomorrow one two three four five six seven eight nine ten first second last next earlier later
    meanwhile however moreover according is are was were be been has have had do does did will would
    can could may might must should let yes mr mrs ms dr photo file video read comments reuters afp
    ap reporting editing story image source sources news breaking update exclusive opinion analysis
    correspondent copyright share tweet tags subscribe
""")
# Words before a colon that introduce no speaker: "Note: ...", "Watch: ...".
NOT_SPEAKER_LABELS = words("""
    note notes update updates updated read watch related correction exclusive breaking video photo
    photos more also source sources by poll question analysis opinion summary report reports editor
    editors' editor's image caption listen see subject date to from re cc location time who what
    when where why how pictured story review conclusion background live
""")
# Words of the names of agencies, newspapers and broadcasters.
MEDIA_WORDS = words("""
    reuters afp ap interfax tass ria xinhua kyodo dpa ansa bbc cnn agency news newspaper daily
    weekly television tv radio broadcaster press media times post journal gazette tribune herald
    magazine jazeera arabiya
""")
