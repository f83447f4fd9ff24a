"""Figures in, documents out. The only package that imports reportlab."""
