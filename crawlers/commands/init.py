"""`hubbub init`: a project profile to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from schema.errors import UserError
from schema.profile import FILE_NAME

TEMPLATE = """\
# The profile of a hubbub project. It holds for every `hubbub` called in this folder or below it.
# What it says goes into the user agent, the record of each run, and the datasheets of exports.

# What the project is called, and how the owner of a blog can reach you: an e-mail address or a page.
# Both are sent with every request. Crawling without a contact is impolite, and some sites refuse it.
title = ""
contact = ""

# Who is responsible.
institution = ""

# research or commercial.
purpose = "research"

# What is done with pages that reserve indexing, training or text mining: record (store them, and say so in each row) or
# obey (do not take them). Empty: research records, commercial obeys.
reservations = ""

# Why you may collect this: the legal basis, and the reference of your ethics board or your data protection officer.
legal_basis = ""
ethics_reference = ""

# How long the collection is kept, in words: "until 2030-12-31", "as long as the project runs".
retention = ""

# Where the collection is: sqlite:///FILE (beside this file) or postgresql://USER@HOST/NAME.
# --database and the environment variable HUBBUB_DATABASE come first.
database = "sqlite:///hubbub.db"

# A folder in which every answer is kept as WARC, so that `hubbub replay` can read it again. Empty: none.
archive = ""
"""


@click.command()
def init() -> None:
    """Write a commented hubbub.toml, the profile of a project, into the working directory.

    \b
    Examples:
      hubbub init
    """
    file = Path.cwd() / FILE_NAME
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(TEMPLATE)
    except FileExistsError:
        raise UserError(f"{file} is already there and was left as it is. Edit it, or move it away first.") from None
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror}. Go to a folder of your own first.") from None
    click.echo(f"Wrote {file}. Fill in title and contact before the first crawl; the comments in it say what the rest is for.")
