"""How the program and its environment variables are called."""

PROGRAM = "ledger"
COMPLETE = "_LEDGER_COMPLETE"  # set by the completion scripts
TRACEBACK = "LEDGER_TRACEBACK"

SUBCOMMANDS = {
    "list": "列表",
    "show": "查看",
    "preview": "预览",
    "edit": "修改",
    "pause": "暂停",
    "end": "结束",
    "skip": "跳过",
    "get": "取值",
    "evidence get": "取回",
    "set": "设定",
    "stage": "阶段",
    "template": "模板",
    "units": "单位",
    "groups": "分组",
    "order": "排序",
    "rename": "改名",
    "merge": "合并",
    "holidays": "节假日",
    "import": "导入",
    "add": "添加",
    "mappings": "列对应",
    "limits": "规定时限",
    "view": "清单",
    "field": "自定列",
    "remove": "删除",
    "withdraw": "撤回",
}
"""The Chinese name of each command below another, the same wherever its word stands, save where it is said of one;
the root has its own table."""
