"""Analysis to text: one module per format, each with a ``render``; nothing is computed here."""
