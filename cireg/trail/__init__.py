"""The trail of one improvement, from what set it off to what became standard, with what git shows of each part."""
