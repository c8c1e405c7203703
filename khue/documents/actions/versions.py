"""Keeping drafts as they stood."""

from khue.documents.models import Draft, DraftVersion


def keep_version(draft: Draft) -> DraftVersion:
    """Keep the draft as it stands; a text that is kept already is not kept twice."""
    last = draft.versions.first()
    content = draft.content()
    if last is not None and last.content == content and last.subject == draft.document.subject:
        return last
    return DraftVersion.objects.create(
        draft=draft,
        number=(last.number if last else 0) + 1,
        subject=draft.document.subject,
        content=content,
        by=draft.updated_by,
        at=draft.updated_at,
    )
