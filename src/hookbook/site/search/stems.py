"""The ending of a word is nothing to the search: the same as in search/words.js."""

import re

_VOWEL = re.compile("[aeiouy]")


def stem(word: str) -> str:
    """Return a word in lower case without its commonest endings."""
    if len(word) < 4 or re.search("[^a-z]", word) or re.search("(?:ss|us|is)$", word):
        return word
    result = word
    if result.endswith("ies"):
        result = f"{result[:-3]}i"
    elif re.search("(?:x|ch|sh|ss|zz)es$", result):
        result = result[:-2]
    elif result.endswith("s"):
        result = result[:-1]
    ending = re.search("(?:ed|ing)$", result)
    if ending and ending.start() >= 3 and _VOWEL.search(result[: ending.start()]):
        result = result[: ending.start()]
        if re.search(r"([^aeiouylsz])\1$", result):
            result = result[:-1]
    if len(result) > 3:
        result = re.sub("e$", "", result)
    return re.sub("([^aeiou])y$", r"\1i", result)
