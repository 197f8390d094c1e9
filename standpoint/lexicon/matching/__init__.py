"""Word lists of mention matching: common words, parts of persons' names, forms of words."""
