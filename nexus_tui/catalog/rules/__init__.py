"""The rules of assessment and of topics that a program can decide: `registry` lists them all."""
