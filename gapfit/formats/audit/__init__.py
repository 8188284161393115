"""Audits for people and machines: text, JSON, and a data sheet for an independent auditor."""
