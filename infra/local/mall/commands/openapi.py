"""`mall openapi`: the documents that are made from the code."""

import typer

from mall.terminal import console

app = typer.Typer()


@app.command()
def openapi() -> None:
    """Write infra/openapi.json and docs/programme.schema.json anew from the functions' code."""
    from mall.openapi.document import FILE, write  # imports every HTTP function
    from mall.openapi.rules import FILE as SCHEMA
    from mall.openapi.rules import write as write_schema

    write()
    write_schema()
    console.print(f"Written: {FILE.name}, {SCHEMA.name}")
