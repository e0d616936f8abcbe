"""Searching the shelf: by keyword, with slips of the finger, by pinyin, in two languages."""
