"""The vocabulary of deadlines: every word that the lexer knows, with the kind of token that it makes.

Most words are their own kind under one spelling (号 is 日, 之前 is 前); the others belong to a class whose name is
English, and the tables below say what each of its words means. A new synonym is a word more in a line here.
"""

from collections.abc import Iterable
from functools import cache


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


SPELLINGS = {
    **{word: word for word in _listed("旬 小时 双周 双月 个 半 初 中 首月 末月 第 最后 倒数 期间 以上 分 : . /")},
    "年": "年 年度",
    "月": "月 月份",
    "日": "日 号",
    "天": "天 自然日 日历日 日历天",
    "周": "周 星期 礼拜",
    "季度": "季度 季",
    "工作日": "工作日 个工作日",
    "前": "前 之前 以前",
    "后": "后 之后 以后 过后 结束后 终了后",
    "内": "内 之内 以内",
    "底": "底 末 终 尾",
    "上": "上 上一",
    "本": "本 这 这一 当 该",
    "下": "下 下一",
    "起": "起 开始 之日起",
    "次月": "次月",
    "全年": "全年 全年度",
    "次年": "次年 来年 翌年 第二年",
    "节": "节 节日 假期 节假日",
    "放假": "放假 长假 小长假",
    "左右": "左右 前后 上下",
    "每": "每 逐 按 每逢",
    "隔": "隔 每隔",
    "至少": "至少 不少于 不低于 最少 起码",
    "点": "点 时 点钟",
    "限期": "限期 限时",
    "by": "截至 截止 截止到 不迟于 不晚于 最迟 最迟于 最晚 最晚于",
    "至": "至 到 - -- — —— – ~ ～ ― ─ 〜 − 直至 直到",
    "和": "和 及 与 以及 或 或者 、 , ; ；",
    "(": "( 〔 [ 【",
    ")": ") 〕 ] 】",
    "lead": (
        "请 于 在 自 从 由 应 须 需 拟 限 力争 争取 确保 务必 计划 预计 原则上 要求 时限 完成时限 办理时限 "
        "截止日期 截止时间 期限"
    ),
    "tail": (
        "完成 办理 完成好 办结 办理完毕 完毕 报送 报告 上报 报 报出 召开 开展 组织 举行 举办 进行 提交 交 反馈 落实 "
        "到位 整改到位 销号 结束 为止 止 止日 印发 下发 编发 刊发 发布 小结 总结 通报 调度 检查 督查 督导 研究 "
        "梳理 汇报 更新 推进 坚持 实施 启动 执行 会议 例会 开会 简报 信息 稿件 材料 报表 活动 周报 月报 季报 年报 "
        "清单 情况 进展 工作 任务 整改 整治 的"
    ),
    "clock": "下班 上午 下午 中午 晚上 晚 早上 早",
    "counter": "次 条 篇 期 份 件 项 场 回 家 户 人 遍 轮 批 名 处 例 幅 部",
    "now": "即日 现在 交办 交办之日 交办后 接到任务后 下达之日 布置之日",
}

DAYS_AHEAD = {
    **dict.fromkeys(_listed("今天 今日 当天 当日 今晚 今早 当晚 立即 立刻 马上 即刻 即办 立行立改 即知即改"), 0),
    **dict.fromkeys(_listed("明天 明日 明早 明晚 次日 翌日 第二天"), 1),
    **dict.fromkeys(_listed("后天 后日"), 2),
    "大后天": 3,
}
DAYS_BACK = {"昨天": -1, "昨日": -1, "前天": -2, "前日": -2}
YEARS_AHEAD = {
    **dict.fromkeys(_listed("今年 本年 当年 本年度 今年度"), 0),
    **dict.fromkeys(_listed("明年 明年度 下年 下年度 下一年 下一年度"), 1),
    "后年": 2,
    **dict.fromkeys(_listed("去年 上年 上年度 去年度"), -1),
}
PARTS = {  # days of a month; the 31st stands for its last
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "上中旬": (1, 20),
    "中下旬": (11, 31),
    "上半月": (1, 15),
    "下半月": (16, 31),
}
HALVES = {"上半年": 0, "下半年": 1}
OPEN = _listed(
    "适时 即时 及时 定期 不定期 近期 近日 尽快 尽早 早日 抓紧 长期 长期坚持 长年 常年 常态化 常态 持续 经常 "
    "经常性 日常 随时 待定 未定 暂定 另定 另行通知 另行安排 待通知 视情 视情况 视情况而定 择机 适当时候 适当时间 "
    "按需 按要求 根据需要 同步 无 暂无 无期限 无时限"
)
EVENTS = _listed(
    "会前 会后 会议前 会议后 两会前 两会后 两会期间 全会前 全会后 党代会前 党代会后 例会前 例会后 下次会议前 "
    "收文后 收文之日 收到之日 收到通知后 接到通知后 收到后 收到文件后 会议结束后 "
    "印发后 印发之日 下发后 下发之日 批复后 批复之日 通知后 签订后 验收后"
)
FESTIVALS = {
    spelling: name
    for name, spellings in {
        "元旦": "元旦 元旦节",
        "春节": "春节 新春 农历新年 大年初一",
        "清明节": "清明 清明节",
        "劳动节": "五一 五一节 五一劳动节 五一国际劳动节 劳动节 国际劳动节",
        "端午节": "端午 端午节",
        "中秋节": "中秋 中秋节",
        "国庆节": "国庆 国庆节 十一 十一国庆节",
        "除夕": "除夕 年三十 大年三十",
        "元宵节": "元宵 元宵节",
        "重阳节": "重阳 重阳节",
        "妇女节": "三八 三八节 妇女节 三八妇女节",
        "植树节": "植树节",
        "青年节": "五四 五四青年节 青年节",
        "儿童节": "六一 六一儿童节 儿童节",
        "建党节": "七一 建党节 七一建党节",
        "建军节": "八一 建军节 八一建军节",
        "教师节": "教师节",
    }.items()
    for spelling in spellings.split()
}
PAIRS = {"两节": ("元旦", "春节"), "双节": ("中秋节", "国庆节")}
_CLASSES: dict[str, Iterable[str]] = {
    "relative": DAYS_AHEAD,
    "past": DAYS_BACK,
    "years": YEARS_AHEAD,
    "part": PARTS,
    "half": HALVES,
    "open": OPEN,
    "event": EVENTS,
    "festival": FESTIVALS,
    "pair": PAIRS,
}


@cache
def words() -> dict[str, str]:
    """Each word with the kind of its token; the weekdays are the lexer's, for 周一 is none in 每周一次."""
    kinds = {spelling: kind for kind, line in SPELLINGS.items() for spelling in line.split()}
    return kinds | {word: kind for kind, meanings in _CLASSES.items() for word in meanings}
