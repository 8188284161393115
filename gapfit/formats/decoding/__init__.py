"""A decoded job ad for people and machines; ``profile`` writes it as a role of one's own."""
