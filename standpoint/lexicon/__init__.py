"""Word lists: one module for each class of words or names.

Import a list from its module (``from standpoint.lexicon.verbs import SPEAKING``). Words are in the
form of `standpoint.text.key_of`: lower case, no dots, no accents, unless a list says otherwise.
Where no source is named, none is recorded: the list was compiled by hand for the rule that uses it.
"""
