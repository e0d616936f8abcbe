"""The chapters of a programme's document: one module for each kind of rule."""
