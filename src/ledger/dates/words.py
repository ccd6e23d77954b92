"""The vocabulary of deadlines: every word that the lexer knows, with the kind of token that it makes.

Most words are their own kind under one spelling (号 is 日, 之前 is 前); the others belong to a class whose name is
English, and the tables below say what each of its words means. A new synonym is a word more in a line here.
"""

from collections.abc import Iterable
from functools import cache


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


SPELLINGS = {
    **{
        word: word
        for word in _listed("规划 旬 小时 分钟 双周 双月 学期 个 半 初 中 首月 末月 第 最后 倒数 以上 分 的 T : . /")
    },
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
    "期间": "期间 时期",
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
    "每": "每 逐 按 每逢 逢",
    "隔": "隔 每隔",
    "至少": "至少 不少于 不低于 最少 起码",
    "点": "点 时 点钟",
    "限期": "限期 限时",
    "约": "约 大约 大概",
    "含": "含 含当日 含当天 含本日",
    "by": (
        "截至 截止 截止到 不迟于 不晚于 不得晚于 不得迟于 最迟 最迟于 最晚 最晚于 至迟 至迟不超过 最迟不超过 不超过 "
        "不得超过 延期至 延期到 延长至 延长到 推迟至 推迟到 顺延至"
    ),
    "至": "至 到 - -- — —— – ~ ～ ― ─ 〜 − 直至 直到",
    "和": "和 及 与 以及 或 或者 、 , ; ；",
    "(": "( 〔 [ 【",
    ")": ") 〕 ] 】",
    "lead": (
        "请 于 在 自 从 由 应 须 需 拟 限 力争 争取 确保 务必 务于 计划 预计 原则上 要求 时限 完成时限 办理时限 "
        "截止日期 截止时间 期限 一般 一般在 一般于 一般应 必须 应于 应在 须于 须在 拟于 拟在 预计于 计划于 计划在 "
        "力争在 力争于 争取在 争取于 确保在 确保于 务必于 务必在 贯穿 完成时间 结束时间 时间 暂定于 初定于 定于 限于 "
        "用 力争用 计划用"
    ),
    # What is to be done by then: it tells nothing of the day, and 月底完成 is one day as 月底前 is.
    "done": "完成 完成好 全部完成 全面完成 基本完成 办结 办理完毕 完毕 到位 整改到位 销号 结束 完工 竣工 建成",
    "tail": (
        "办理 报送 报告 上报 报 报出 召开 开展 组织 举行 举办 进行 提交 交 反馈 落实 为止 为限 止 止日 印发 下发 "
        "编发 刊发 发布 小结 总结 通报 调度 检查 督查 督导 研究 梳理 汇报 更新 推进 坚持 实施 启动 执行 会议 例会 "
        "开会 简报 信息 稿件 材料 报表 活动 周报 月报 季报 年报 清单 情况 进展 工作 任务 整改 整治 有 零报告"
    ),
    # Words of what surrounds a deadline whose characters could be taken for those of one.
    "plain": (
        "初稿 初步 初审 初评 初验 初选 初具 终稿 终审 终验 末端 末位 底数 底线 彻底 中心 中期 中标 中央 中小学 中层 "
        "中介 集中 其中 前期 前往 前置 前端 前沿 前列 前提 前景 后端 后台 后备 目前 日前 事前 事后 事中 后续 后期 "
        "后勤 今后 此后 然后 善后 内部 内容 内涵 省内 市内 县内 国内 境内 区内 起草 起步 发起 一起 引起 上线 上级 "
        "上会 上墙 上市 上门 上缴 下达 下级 下乡 下沉 线上 线下 生日 百日 月饼 月度 年会 年检 年审 年轻 老年 青年 "
        "周边 周期 周年 环节 细节 节能 节水 节约 季节 点位 节点 重点 试点 地点 难点 亮点 热点 站点 网点 同时 "
        "时间节点 时间表 小时候 分类 分解 分级 分析 分管 分别 部分 充分 十分 积分 半成品 达到 得到 做到 找到 看到 "
        "收到 到期 到户 到人 到村 到会 本地 本级 本单位 本部门 当地 当前 当事人 应当 适当 这项 该项 每户 每村 每人 "
        "每名 每家 每所 每条 逐步 逐项 逐一 逐户 逐级 逐条 逐村 在建 在线 在岗 存在 由于 自查 自评 自主 从严 适应 "
        "应急 应用 应收 需求 必需 权限 限额 限制 提请 申请 邀请 关于 基于 对于 属于 第三方 第一书记 半数 终端 最终 "
        "点对点 交付 交接 交流 交通 报批 报备 报审 报名 汇总 工期 分期"
    ),
    # These make another deadline of what they stand by; what it is must be asked.
    "unclear": (
        "某日 某月 某年 某天 某周 某时 除外 以外 之外 不含 不包括 不早于 不得早于 早于 最早 晚于 迟于 学年 若干 延长 "
        "农历 阴历 腊月 正月 冬月 T+ 不确定"
    ),
    "according": "按照 依照 依据 根据 遵照 参照 比照 结合 视 待 等 等待 随 随着",
    "state": (
        "已完成 已办结 已销号 已落实 已结束 进行中 正在进行 推进中 正在推进 办理中 正在办理 未启动 未完成 已整改 "
        "已整改完成 已整改到位 已全部完成 已报送 已上报 已印发 已下发 已开展 已启动 已召开 已开工 已竣工 已建成 "
        "已验收 已办理 正在整改 整改中"
    ),
    "clock": "下班 上午 下午 中午 晚上 晚 早上 早",
    "counter": "次 条 篇 期 份 件 项 场 回 家 户 人 遍 轮 批 名 处 例 幅 部",
    "now": "即日 现在 交办 交办之日 交办后 接到任务后 下达之日 布置之日",
}

DAYS_AHEAD = {
    **dict.fromkeys(_listed("今天 今日 当天 当日 今晚 今早 当晚 立即 立刻 马上 即刻 即办 即改"), 0),
    **dict.fromkeys(
        _listed(
            "立行立改 立查立改 立整立改 立知立改 立说立行 立改立行 立办立结 即知即改 即查即改 即行即改 即改即办 "
            "即交即办 即接即办 即报即办 即来即办 接诉即办 即时整改 即时办理 即时办结 即时处置 马上就办 马上整改"
        ),
        0,
    ),
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
QUARTERS = {f"{letter}{n}": n for letter in "Qq" for n in range(1, 5)}
PLANS = {  # five-year plans by their number; the n-th ends in 1955 + 5n
    spelling: number
    for number, spellings in {
        9: "九五",
        10: "十五",
        11: "十一五",
        12: "十二五",
        13: "十三五",
        14: "十四五",
        15: "十五五",
        16: "十六五",
    }.items()
    for spelling in spellings.split()
}
# What stands behind a span of time that work is about: 上半年工作总结, 全年目标任务.
HAPPENS = _listed(  # what makes an event of the words before 前 and 后
    "会 会议 活动 召开 开展 检查 督查 考试 验收 评审 评估 审批 批准 立项 开工 投产 挂牌 揭牌 开幕 闭幕 考核 迎检 "
    "调研 培训 签约 招标 采购 到位 下达 批复 印发 下发 发布 签订 通过 作出 收到 接到 完成 竣工 完工 结束 开始 启动 "
    "举行 公示 放假 退休 任期 督察 巡视 巡察 进驻 报送 上报 提交 反馈 换届 周年 节日 节假日 时间 日期 到期 离任 到任 "
    "上任 汛 来临 到来 高峰 整改 建成"
)
ABOUT = _listed(
    "的 工作 任务 情况 进展 总结 小结 目标 计划 指标 预算 决算 报告 报表 月报 季报 年报 信息 材料 数据 清单 台账 考核 "
    "重点 实施 建设 项目 投资 整治 整改 活动 自查 汇报 会议 例会 要点 方案 安排 收支 经济 运行 统计 评估 评价 测评 "
    "督查 督导 检查 调度 通报 推进 招生 招聘 培训 民生 绩效 审计 征收 报账 结算 目标任务"
)
OPEN = _listed(
    "适时 即时 及时 定期 不定期 近期 阶段性 常规 始终 从快 从速 刻不容缓 短期 远期 中长期 中远期 近日 尽快 尽早 早日 "
    "抓紧 长期 长期坚持 长年 常年 常态化 常态 持续 经常 经常性 日常 日常性 分阶段 分季度 分月 分年 分年度 分批 "
    "分批次 分步 分期分批 滚动 动态 边查边改 边整边改 边学边改 贯穿始终 全过程 全程 持续性 永久 不限 不定时 经常化 "
    "制度化 长效 按时间节点 按进度 按序时进度 按期 按时 按质 按规定 按程序 按计划 为准 第一时间 随时 待定 未定 暂定 "
    "另定 另行通知 另行安排 待通知 视情 视情况 视情况而定 择机 适当时候 适当时间 按需 按要求 根据需要 同步 无 暂无 "
    "无期限 无时限"
)
EVENTS = _listed(
    "提前 小年 校庆 国检 省检 任期 本届 届内 开学 主汛期 汛期 防汛期 入汛 出汛 春季 夏季 秋季 冬季 春夏季 秋冬季 "
    "冬春季 春天 夏天 秋天 冬天 春夏 夏秋 秋冬 冬春 今冬 明春 今冬明春 今春 今夏 今秋 入冬 开春 入夏 春耕 秋收 三夏 "
    "三秋 雨季 旱季 采暖季 供暖季 采暖期 供暖期 取暖季 防火期 禁渔期 旺季 淡季 寒假 暑假 寒暑假 暑期 学期结束 高考 "
    "中考 供暖 本学期 下学期 上学期 新学期 学期末 学期初 二十大 党的二十大 换届 会前 会后 会议前 会议后 两会前 "
    "两会后 两会期间 全会前 全会后 党代会前 党代会后 例会前 例会后 下次会议前 收文后 收文之日 收到之日 收到通知后 "
    "接到通知后 收到后 收到文件后 会议结束后 印发后 印发之日 下发后 下发之日 批复后 批复之日 通知后 签订后 验收后"
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
    "quarter": QUARTERS,
    "plan": PLANS,
    "open": OPEN,
    "event": (*EVENTS, *(f"{event}间" for event in EVENTS if event.endswith("期"))),
    "festival": FESTIVALS,
    "pair": PAIRS,
}


@cache
def words() -> dict[str, str]:
    """Each word with the kind of its token; the weekdays are the lexer's, for 周一 is none in 每周一次."""
    kinds = {spelling: kind for kind, line in SPELLINGS.items() for spelling in line.split()}
    return kinds | {word: kind for kind, meanings in _CLASSES.items() for word in meanings}
