"""`{% trans %}` for what nearly every one of them holds: a sentence that stands in the template.

Django's tag makes a lazy text of it, asks whether it is a number or a moment, and turns it into text again, each time;
a list of fifty rows says three hundred sentences. Here it is looked up, and nothing else; all other forms of the tag
(`as`, `context`, `noop`, filters, variables) are Django's.
"""

from django import template
from django.template.base import Node, Parser, Token, Variable
from django.template.context import Context
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.translation import gettext

register = template.Library()


class Sentence(Node):
    """A sentence of the template, in the reader's language."""

    child_nodelists = ()

    def __init__(self, words: str) -> None:
        self.words = words.replace("%", "%%")  # as the catalogue has it

    def render(self, _context: Context) -> str:
        """The translation; like the template that it stands in, it is taken to be safe."""
        return gettext(self.words).replace("%%", "%")


@register.tag("trans")
@register.tag("translate")
def translated(parser: Parser, token: Token) -> Node:
    """Django's tag, or a `Sentence` where that says the same."""
    node: TranslateNode = do_translate(parser, token)
    said = node.filter_expression.var
    plain = not (node.noop or node.asvar or node.message_context or node.filter_expression.filters)
    if plain and isinstance(said, Variable) and isinstance(said.literal, str):
        return Sentence(said.literal)
    return node
