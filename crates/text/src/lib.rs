//! Arabic, Russian and English text to sentences, words, tags, lemmas and dependency trees.
