"""One module per family of toolchains; each turns a sample's content into PDF bytes."""
