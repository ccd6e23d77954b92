"""What the program's templates of slips (督办单) say: the fields of a form, a page each (`document_form`).

The fields are those of the offices' own slips; what is not known is left empty, for the pen.
"""

from ledger.model.slips import CLOSING, GIVING, SLIPS, URGING
from ledger.model.task import SLIP_WORDS

_SLIP = """\
{{%p for 单 in 各单 %}}
单据标题| {title}
{colour}单据文号| {{{{ 单.文号 }}}}
{{%p if 单.草稿 %}}
单据文号| （草稿）
{{%p endif %}}
| 督办事项 | {{{{ 单.督办事项 }}}}
{first}| 依据 | {{{{ 单.依据 }}}}
| 牵头单位 | {{{{ 单.牵头单位 }}}} | 配合单位 | {{{{ 单.配合单位 }}}}
| 责任领导 | {{{{ 单.责任领导 }}}} | 责任人 | {{{{ 单.责任人 }}}}
| 交办日期 | {{{{ 单.交办日期 }}}} | 完成时限 | {{{{ 单.完成时限 }}}}
{rest}单据落款| {{{{ 署名 }}}}　{{{{ 单.签发日期 }}}}
{{%p endfor %}}
"""
_MATTER = "|| 督办内容 | {{ 单.督办内容 }}\n"
_CONTACT = """\
| 反馈周期 | {{ 单.反馈周期 }} | 事项编号 | {{ 单.编号 }}
| 联系人 | {{ 单.联系人 }} | 电话 | {{ 单.电话 }}
"""
_RECEIPT = "| 签收人 |  | 签收日期 | \n"
_LATE = """\
| 已逾期天数 | {{ 单.已逾期天数 }} | 第几次催办 | {{ 单.第几次催办 }}
| 催办日期 | {{ 单.催办日期 }} | 催办方式 | {{ 单.催办方式 }}
"""
_COLOURS = "".join(
    f'{{%p if 单.催办单 == "{word}" %}}\n{word}| （{word}）\n{{%p endif %}}\n' for word in SLIP_WORDS.values()
)
_DONE = """\
|| 办结情况 | {{ 单.办结情况 }}
| 佐证 | {{ 单.佐证 }}
| 核查人 | {{ 单.核查人 }} | 核查方式 | {{ 单.核查方式 }}
|| 审核意见 | {{ 单.审核意见 }}
| 销号日期 | {{ 单.销号日期 }} | 事项编号 | {{ 单.编号 }}
"""


def _text(kind: str, rest: str, first: str = _MATTER, colour: str = "") -> str:
    return _SLIP.format(title=SLIPS[kind].word, first=first, rest=rest, colour=colour)


TEXTS = {
    GIVING: _text(GIVING, f"{_CONTACT}| 备注 | {{{{ 单.备注 }}}}\n{_RECEIPT}"),
    URGING: _text(URGING, f"{_LATE}|| 催办内容 | {{{{ 单.催办内容 }}}}\n{_CONTACT}{_RECEIPT}", colour=_COLOURS),
    CLOSING: _text(CLOSING, _DONE, first=""),
}
"""Kind of slip → its text, in the form of `document_templates`."""
