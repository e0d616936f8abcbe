"""Tables: on the terminal, and in docs/performance.md between two marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table as RichTable

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


@dataclass(frozen=True)
class Table:
    """Rows of texts under headings; the first column names, the others count."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]

    def show(self, console: Console) -> None:
        """Print it."""
        table = RichTable(title=self.title, title_justify="left")
        for place, heading in enumerate(self.headings):
            table.add_column(heading, justify="right" if place else "left")
        for row in self.rows:
            table.add_row(*row)
        console.print(table)

    def markdown(self) -> str:
        """The same, for a document."""
        marks = [":--", *("--:" for _ in self.headings[1:])]
        lines = [self.headings, marks, *self.rows]
        table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        return f"### {self.title}\n\n{table}\n"


def write_into(document: Path, circumstances: str, tables: Sequence[Table]) -> None:
    """Put tables in the place of those that stand between a document's marks."""
    before, _, rest = document.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    measured = "\n".join([circumstances + "\n", *(table.markdown() for table in tables)])
    document.write_text(f"{before}{BEGIN}\n{measured}{END}{after}")
