"""Compile the YAML lexicons of every language: ``python tools/compile_lexicons.py``."""

from dragoman import lexicon, resources

for folder in sorted(resources.data_path("lexicons").iterdir()):
    if folder.is_dir():
        print(lexicon.compile_all(folder.name))
