"""`mall openapi`: the document of the HTTP API."""

import typer

from mall.terminal import console

app = typer.Typer()


@app.command()
def openapi() -> None:
    """Write infra/openapi.json anew from the functions' code."""
    from mall.openapi.document import FILE, write  # imports every HTTP function

    write()
    console.print(f"Written: {FILE.name}")
