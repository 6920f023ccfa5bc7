"""What words mean: phrases, nouns, kinds, materials and the shapes behind names. Pure data and its tables."""
