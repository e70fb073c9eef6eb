"""How the source of a routine or an exercise is told."""

from __future__ import annotations

from hipcoach.core.exercise import Source


def source_json(source: Source | None) -> dict[str, str | None]:
    """A source for scripts; what is not known of it is null."""
    return {
        "title": source.title if source else None,
        "author": source.author if source else None,
        "published": source.published if source else None,
        "credits": source.credits if source else None,
        "url": source.url if source else None,
    }


def author_text(source: Source | None) -> str:
    """Who it is by, in a word or two, and whom they credit."""
    author = (source.author if source else None) or "unknown author"
    return f"{author}, after {source.credits}" if source and source.credits else author


def source_text(source: Source | None) -> str:
    """A source in full, as far as it is known."""
    known = (source.author, source.title, source.published) if source else ()
    text = ", ".join(part for part in known if part) or "an unknown author, untitled and undated"
    return f"{text}, after {source.credits}" if source and source.credits else text
