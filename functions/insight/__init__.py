"""Figures, and what operators did."""
