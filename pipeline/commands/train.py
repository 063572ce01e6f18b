"""`hubbub train`: learn a tagger's model from labelled posts and comments."""

from __future__ import annotations

from pathlib import Path

import click

from schema.errors import UserError


@click.command()
@click.argument("files", metavar="LABELS.jsonl...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--tagger", "name", required=True, metavar="NAME", help="The tagger whose model is learned.")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Where to write the model.  [default: models/NAME.json beside hubbub.toml, else here]")
@click.option("--folds", "folds_file", metavar="FILE", type=click.Path(path_type=Path), help="Which blogs are held out together; made from the labels by default.")
@click.option("--beside", "more", metavar="FILE", multiple=True, type=click.Path(path_type=Path), help="Also learn from these labels, but do not measure on them; what judges a blog has learned nothing of it here either. May be repeated.")
def train(files: tuple[Path, ...], name: str, out: Path | None, folds_file: Path | None, more: tuple[Path, ...]) -> None:
    """Learn the model of a tagger from labelled posts and comments.

    The files are those of `hubbub evaluate`. Each blog is judged once by a model that was learned without it; these figures are
    printed, beside those of the markers alone, and stand in the card. Then a model is learned from everything and written to FILE,
    with its card beside it (FILE.md).

    A file NAME.json in the folder `models` beside hubbub.toml, or in the folder that HUBBUB_MODELS names, is what `hubbub tag` judges by from
    then on; what an earlier model judged is judged again. HUBBUB_MODELS=none judges by the markers alone.

    \b
    Examples:
      hubbub train labels.jsonl --tagger spam
      hubbub train comments.jsonl posts.jsonl --tagger self_promotion --out models/self_promotion.json
      hubbub train comments.jsonl --beside read-in-a-hurry.jsonl --tagger conversational
    """
    from pipeline.labelled import folds
    from pipeline.labelled.files import read
    from pipeline.models import card, storage
    from pipeline.training import check, learn, measured, tagger_named, taught_by

    recipe = tagger_named(name).recipe
    items = taught_by(name, read(*files))
    check(name, items)
    beside = taught_by(name, read(*more)) if more else []
    parts = folds.covering(items, folds.load(folds_file)) if folds_file else folds.balanced(items)
    also = f"; {len(beside):,} more are only learned from" if beside else ""
    click.echo(f"{name}: {len(items):,} labelled items of {len({item.blog for item in items}):,} blogs, held out in {len(parts)} folds{also}", err=True)
    figures = measured(name, items, parts, beside)
    model = learn(name, [*items, *beside])
    about = card.card_of(name, recipe, items, [*files, *more], figures, beside)
    model = storage.identified(model, about)
    file = out or storage.own_folder() / f"{name}.json"
    _write(file, storage.written(model, about))
    _write(file.with_suffix(".md"), card.as_markdown(model, about).encode())
    click.echo(card.as_markdown(model, about))
    click.echo(f"The model is in {file}, its card in {file.with_suffix('.md')}.", err=True)


def _write(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise UserError(f"The model cannot be written to {file}: {error.strerror or error}. Name a place that is writable.") from None
