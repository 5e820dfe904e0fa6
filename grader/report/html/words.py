"""The words of the pages themselves, in both languages; what the judge says is in phrases."""

from collections.abc import Mapping

from grader.model import Text

WORDS: Mapping[str, Text] = {
    # every page
    "language": {"en": "Language", "zh": "语言"},
    "theme": {"en": "Colours", "zh": "配色"},
    "as system": {"en": "as the system", "zh": "跟随系统"},
    "light": {"en": "light", "zh": "浅色"},
    "dark": {"en": "dark", "zh": "深色"},
    "skip": {"en": "Skip to the content", "zh": "跳到正文"},
    # a report
    "points": {"en": "{score} of {max_score} points", "zh": "{score} 分，满分 {max_score} 分"},
    "by group": {"en": "Points by test group", "zh": "各测试组得分"},
    "verdict": {"en": "Verdict", "zh": "结论"},
    "group": {"en": "Test group", "zh": "测试组"},
    "score": {"en": "Points", "zh": "得分"},
    "not judged": {"en": "not judged", "zh": "未评测"},
    "line": {"en": "line {line} of the submission", "zh": "程序第 {line} 行"},
    "cause": {"en": "Diagnosis", "zh": "诊断"},
    "where": {
        "en": "No mistake was proved. Where it goes wrong",
        "zh": "未能确定原因。出错的位置",
    },
    "not drawn": {"en": "This could not be drawn ({why}).", "zh": "无法绘制（{why}）。"},
    "not laid out": {
        "en": "The smallest case cannot be shown as a page ({why}); the JSON report has it.",
        "zh": "最小用例无法在此页显示（{why}）；JSON 报告中有完整内容。",
    },
    "smallest": {"en": "Smallest failing case found", "zh": "找到的最小出错用例"},
    "never scored": {
        "en": "It was searched for, and is none of the scored cases.",
        "zh": "它是另外搜索得到的，不属于计分用例。",
    },
    "inputs": {"en": "Inputs", "zh": "输入"},
    "compared": {"en": "Expected and yours", "zh": "期望值与你的值"},
    "expected": {"en": "expected", "zh": "期望"},
    "yours": {"en": "yours", "zh": "你的"},
    "mark": {
        "en": "Values marked ≠ differ by more than rounding explains.",
        "zh": "标有 ≠ 的值，其偏差超出了舍入误差所能解释的范围。",
    },
    "should be": {"en": "should be {other}", "zh": "应为 {other}"},
    "yours is": {"en": "yours is {other}", "zh": "你的是 {other}"},
    "differ": {"en": "{wrong} of {size} values differ", "zh": "{size} 个值中有 {wrong} 个不同"},
    "right": {"en": "right", "zh": "正确"},
    "no values": {
        "en": "It ended before it returned values.",
        "zh": "程序在返回数值之前就结束了。",
    },
    "no array": {"en": "yours does not count: {found}", "zh": "你的返回值无效：{found}"},
    "others right": {"en": "Quantities that are right", "zh": "正确的量"},
    "more quantities": {
        "en": "{count} more quantities are not shown here: {names}",
        "zh": "此处未列出另外 {count} 个量：{names}",
    },
    "cut": {
        "en": "Cut: {rows} by {columns} of {all_rows} by {all_columns} are shown; the JSON "
        "report has all of it.",
        "zh": "已截取：显示 {all_rows} × {all_columns} 中的 {rows} × {columns}，"
        "完整数据见 JSON 报告。",
    },
    "map": {
        "en": "Size of each difference of {name} (expected minus yours); what is right is left "
        "empty, × is not finite. Across: {across}. Down: {down}.",
        "zh": "{name} 各处偏差的大小（期望值减你的值）；正确处留空，× 表示非有限值。"
        "横向：{across}；纵向：{down}。",
    },
    "overview": {
        "en": "The largest difference of each quantity at each step, counted from 0; * stands for "
        "quantities without steps. What is right is left empty, × is not finite.",
        "zh": "每个量在每一步的最大偏差，步数从 0 数起；* 表示没有步的量。"
        "正确处留空，× 表示非有限值。",
    },
    "index": {"en": "index", "zh": "下标"},
    "home": {"en": "Run it at home", "zh": "在自己的电脑上运行"},
    "check": {
        "en": "Checks your file with the published samples, your gradients against differences "
        "of your own loss, and more; needs no reference:",
        "zh": "用公开样例检查你的文件，并用你自己的损失的数值差分核对梯度等；不需要参考答案：",
    },
    "this case": {"en": "Plays the case above on your file:", "zh": "在你的文件上运行上面的用例："},
    "again": {
        "en": "Judges again with the same cases, where the whole kit is installed:",
        "zh": "在装有完整评测器的机器上，用相同的用例重新评测：",
    },
    "too large": {
        "en": "The case is too large to be shown as a program; the JSON report has it.",
        "zh": "该用例太大，无法写成程序；完整数据见 JSON 报告。",
    },
    "source": {"en": "The submission", "zh": "提交的程序"},
    "source marks": {
        "en": "Marked lines are those that the report speaks of.",
        "zh": "标出的行是报告中提到的行。",
    },
    "source cut": {
        "en": "Only the beginning of the file is shown.",
        "zh": "只显示文件的开头部分。",
    },
    "attempts": {"en": "Attempts", "zh": "历次提交"},
    "same file": {"en": "the same file was judged again", "zh": "同一文件后来又重新评测"},
    "this report": {"en": "this report", "zh": "本报告"},
    "printed": {"en": "What the submission printed", "zh": "程序打印的内容"},
    "about": {"en": "About this report", "zh": "关于本报告"},
    "problem": {"en": "Problem", "zh": "题目"},
    "submission": {"en": "Submission", "zh": "提交的文件"},
    "seed": {"en": "Seed", "zh": "种子"},
    "suite": {"en": "Digest of the cases", "zh": "用例摘要"},
    "cases": {"en": "Cases", "zh": "用例数"},
    "isolation": {"en": "Sandbox layers in force", "zh": "生效的沙箱层"},
    "not in force": {"en": "Not in force here", "zh": "此处未生效"},
    "versions": {"en": "Versions", "zh": "版本"},
    "none": {"en": "none", "zh": "无"},
    # a class
    "class": {"en": "Class report", "zh": "班级报告"},
    "students": {"en": "{count} students", "zh": "{count} 名学生"},
    "back": {"en": "Back to the class", "zh": "返回班级"},
    "student": {"en": "Student", "zh": "学生"},
    "distribution": {"en": "Distribution of points", "zh": "分数分布"},
    "how many": {"en": "How many", "zh": "人数"},
    "middle": {
        "en": "Mean {mean}, median {median}, standard deviation {deviation}.",
        "zh": "平均 {mean} 分，中位数 {median} 分，标准差 {deviation}。",
    },
    "spread": {
        "en": "Half of the class lies between {lower} and {upper}, everybody between {least} and "
        "{most}.",
        "zh": "一半学生在 {lower} 到 {upper} 分之间，全体在 {least} 到 {most} 分之间。",
    },
    "grid": {"en": "Points by student and test group", "zh": "每名学生各测试组的得分"},
    "hardest": {"en": "Test groups, hardest first", "zh": "测试组，从难到易"},
    "solved": {"en": "Right", "zh": "正确率"},
    "of judged": {"en": "{right} of {judged}", "zh": "{judged} 人中 {right} 人"},
    "skipped": {"en": "Not judged", "zh": "未评测"},
    "mistakes": {"en": "Mistakes, most frequent first", "zh": "错误，按出现次数排列"},
    "rarer": {"en": "{count} more mistakes", "zh": "另外 {count} 种错误"},
    "example": {"en": "For example", "zh": "例如"},
    "own line": {
        "en": "The line at fault was found, for each a line of their own",
        "zh": "找到了出错的行，每人各不相同",
    },
    "no mistake": {"en": "No mistake was proved for", "zh": "未能确定错误原因的学生"},
    "nothing proved": {"en": "No mistake was proved.", "zh": "没有确定的错误原因。"},
    "same": {"en": "Equal sources, to look at", "zh": "相同的源码，供查看"},
    "not a finding": {
        "en": "Equal but for comments, spacing and names. Short solutions may well be; this is "
        "no finding.",
        "zh": "除注释、空格和名称外相同。短小的程序本来就可能相同；这不是结论。",
    },
    "everyone": {"en": "Everyone", "zh": "全体学生"},
    "sort": {
        "en": "The buttons in the head of the table sort it.",
        "zh": "点击表头的按钮可以排序。",
    },
    "reason": {"en": "Diagnosis", "zh": "诊断"},
    "judged at": {"en": "Judged at (UTC)", "zh": "评测时间（UTC）"},
    "earlier": {"en": "Earlier attempts", "zh": "此前得分"},
    "about class": {"en": "About this page", "zh": "关于本页"},
    "kit": {"en": "Version of the kit", "zh": "评测器版本"},
}
