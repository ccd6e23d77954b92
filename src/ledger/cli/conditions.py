"""What the lifecycle (`model.lifecycle`) asks of a step, in the words of the help; the manual's table has them too."""

from collections.abc import Iterator

from ledger.model.lifecycle import ACTS, STEPS
from ledger.model.rules import LABELS
from ledger.model.task import STATUS_WORDS


def told(action: str) -> str | None:
    """From which status a step or an act is for which, and on what conditions; None of what any task is open to."""
    if action in STEPS:
        step = STEPS[action]
        return "。".join((f"{_words(step.sources)}的可办,办后为“{STATUS_WORDS[step.to]}”", *conditions(action))) + "。"
    return f"{_words(ACTS[action].sources)}的可办。" if action in ACTS else None


def conditions(action: str) -> Iterator[str]:
    """What a step asks for, and what the office's settings add."""
    step = STEPS[action]
    if step.asks == "reason":
        yield "须写明理由"
    review = f"设有“{LABELS['review']}”的"
    if step.by_another:
        yield f"{review},由申请人以外的人办"
    if step.reviewed:
        yield f"{review},{_words(STEPS[step.reviewed].sources)}的即{STEPS[step.reviewed].word},其余的须先申请"
    if step.needs:
        yield f"设有{'、'.join(f'“{LABELS[need]}”' for need in step.needs)}的,须符合要求"


def _words(statuses: tuple[str, ...]) -> str:
    return "、".join(map(STATUS_WORDS.__getitem__, statuses))
