"""Which percentage of a text is the progress of its task: whatever is not certain is none."""

import pytest

from ledger.services.progress import Told, progress_in


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("60%", 60),
        ("方案已送审,完成60%", 60),
        ("进度６０％", 60),
        ("已完成百分之六十", 60),
        ("完成百分之 ", None),
        ("推进到 75 %,月底完工", 75),
        ("已完成60%的工程量", 60),
        ("完成进度达到100%", 100),
        ("完成0%", 0),
        ("总体完成60%,其中甲村占30%", 60),
        ("已完成60%,合格率98%", 60),
        ("完成60%(六成,即60%)", 60),
        ("二期推进 45%", 45),
    ],
)
def test_the_progress(text: str, percent: int | None) -> None:
    assert progress_in(text).percent == percent


@pytest.mark.parametrize(
    "text",
    [
        "合格率达98%", "销号率为 60%", "同比增长 5%", "较上月下降了3%", "占全县的12%", "60%的单位已报送", "还差40%",
        "甲村60%,乙村80%", "完成60%或70%", "完成60.5%", "完成160%", "压减经费 5 %", "剩余20%", "覆盖率已达到 95%",
    ],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    assert progress_in(text) == Told(None, doubtful=True)


@pytest.mark.parametrize("text", ["", "已送审", "百分制", "第60号", "6成"])
def test_what_names_no_percentage(text: str) -> None:
    assert progress_in(text) == Told(None)
