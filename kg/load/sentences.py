"""What the loader says of each kind of fault, in each language, so that a finding is worded in one place."""

from __future__ import annotations

from kg import nesting
from kg.findings import Sentence
from kg.terms import Language

_CITE = ("Write the passages that state the row as key#locator, parted by |.",
         "按 key#locator 写出该行所依据的段落，多个段落用 | 分隔。")  # fmt: skip
_JUDGE = ("Mend the judgement, or what it contradicts.", "更正此项判断，或更正与之矛盾的内容。")

BAD_ADDRESS = Sentence(
    "bad-address",
    en=("«{value}» is not an address.", "Write the whole of it, beginning with https:// or http://."),
    zh=("«{value}» 不是网址。", "写出完整网址，以 https:// 或 http:// 开头。"),
)
BAD_DATE = Sentence(
    "bad-date",
    en=("«{value}» is not a date.", "Write YYYY-MM-DD, YYYY-MM or YYYY, as precisely as the source says."),
    zh=("«{value}» 不是日期。", "写成 YYYY-MM-DD、YYYY-MM 或 YYYY，精度以来源所载为准。"),
)
BAD_DAY = Sentence(
    "bad-date",
    en=("«{value}» is not a date.", "Write a day that exists as YYYY-MM-DD, as precisely as the source says."),
    zh=("«{value}» 不是日期。", "写成真实存在的日期 YYYY-MM-DD，精度以来源所载为准。"),
)
BAD_FILE = Sentence(
    "bad-file",
    en=("The file can't be read as {what} ({why}).", "Save it anew."),
    zh=("文件不是可读取的 {what}（{why}）。", "重新保存该文件。"),
)
BAD_IRI = Sentence(
    "bad-iri",
    en=("«{value}» is not an IRI.", "Write the whole IRI, or one with a known prefix ({prefixes})."),
    zh=("«{value}» 不是 IRI。", "写出完整的 IRI，或使用已知前缀（{prefixes}）。"),
)
BAD_KEY = Sentence(
    "bad-key",
    en=("«{value}» can't be a key.",
        "Use letters a to z, digits and -, beginning and ending with a letter or digit."),
    zh=("«{value}» 不能作为键。", "只用字母 a 至 z、数字和 -，首尾须为字母或数字。"),
)  # fmt: skip
BAD_LANGUAGE = Sentence(
    "bad-language",
    en=("«{value}» is not a language.", "Write a language tag such as en or zh."),
    zh=("«{value}» 不是语言标签。", "写成语言标签，如 en 或 zh。"),
)
BAD_QUOTES = Sentence(
    "bad-quotes",
    en=("The row that begins here can't be read as CSV ({why}).",
        'Close each cell that begins with a double quote, and write a quote inside it twice: "".'),
    zh=("从此处开始的一行无法按 CSV 读取（{why}）。",
        '以双引号开头的单元格须以双引号结尾，其中的引号须写两次：""。'),
)  # fmt: skip
BAD_RDF = Sentence(
    "bad-rdf",
    en=("The file can't be read as RDF: {why}.", "Mend it there."),
    zh=("文件无法按 RDF 读取：{why}。", "在该处更正。"),
)
BAD_RDF_FILE = Sentence(
    "bad-rdf",
    en=("The file can't be read as RDF ({why}).", "Mend it."),
    zh=("文件无法按 RDF 读取（{why}）。", "更正该文件。"),
)
BAD_SOURCE = Sentence(
    "bad-source",
    en=("«{value}» is not a passage.", _CITE[0]),
    zh=("«{value}» 不是段落引用。", _CITE[1]),
)
COLUMN_STANDS_TWICE = Sentence(
    "doubled-column",
    en=("The column «{header}» stands twice.", "Join the two; several values in a cell are parted by |."),
    zh=("«{header}» 列重复出现。", "将两列合并；同一单元格的多个值用 | 分隔。"),
)
CONTROL_CHARACTER = Sentence(
    "control-character",
    en=("The cell holds {sign}, a control character or one that turns the direction of text.", "Remove it."),
    zh=("单元格含有 {sign}，这是控制字符或改变文字方向的字符。", "删去该字符。"),
)
EMPTY_RDF = Sentence(
    "empty-rdf",
    en=("The file states nothing.", "Fill it, or take it away; in JSON-LD, every name needs its context."),
    zh=("文件不含任何陈述。", "补充内容，或移除该文件；JSON-LD 中的每个名称都须由 context 定义。"),
)
EMPTY_TABLE = Sentence(
    "empty-table",
    en=("The file has no header.", "Write the header words in row 1, or remove it."),
    zh=("文件没有表头。", "在第 1 行写出列名，或移除该文件。"),
)
FOREIGN_CONTEXT = Sentence(
    "bad-rdf",
    en=("The file takes its context from an address, and nothing is loaded from a network.",
        "Write the context itself into the file."),
    zh=("文件的 context 引自网址，而本工具不从网络读取任何内容。", "将 context 直接写入文件。"),
)  # fmt: skip
FORMULA = Sentence(
    "no-value",
    en=("The cell holds a formula without its value.",
        "Open the workbook in a spreadsheet and save it, or write the value."),
    zh=("单元格含有公式，但没有保存其计算结果。", "用电子表格软件打开并保存工作簿，或直接写入值。"),
)  # fmt: skip
FORMULA_FAILED = Sentence(
    "no-value",
    en=("The cell holds the error {value}.", "Mend its formula, or write the value."),
    zh=("单元格为错误值 {value}。", "更正公式，或直接写入值。"),
)
JUDGED_APART = Sentence(
    "contradicting-judgement",
    en=("«{one}» and «{other}» are not judged the same here, and are elsewhere.", _JUDGE[0]),
    zh=("«{one}» 与 «{other}» 在此未判为相同，在别处却判为相同。", _JUDGE[1]),
)
JUDGED_ITSELF = Sentence(
    "contradicting-judgement",
    en=("«{one}» is judged to be «{other}», which it is anyway.", _JUDGE[0]),
    zh=("此处判断 «{one}» 与 «{other}» 的异同，而两者本是同一事物。", _JUDGE[1]),
)
LANGUAGE_LACKS = Sentence(
    "bad-language",
    en=("«{header}» is text and needs a language.", "Write {name}@en, {name}@zh, …."),
    zh=("«{header}» 是文本列，须注明语言。", "写成 {name}@en、{name}@zh 等。"),
)
LANGUAGE_UNASKED = Sentence(
    "bad-language",
    en=("«{header}» takes no language.", "Write {name}."),
    zh=("«{header}» 列不应注明语言。", "写成 {name}。"),
)
LEFT_OUT = Sentence(
    "left-out",
    en=("{count} statements in the graph of the ontology are left out, the first being {first}.",
        "Put them into a graph of your own."),
    zh=("本体图中有 {count} 条陈述未予采用，第一条为 {first}。", "将它们放入自己的图。"),
    level="warning",
)  # fmt: skip
MERGED_CLASSES = Sentence(
    "merged-classes",
    en=("«{one}» and «{other}» are judged the same and of different sorts.", _JUDGE[0]),
    zh=("«{one}» 与 «{other}» 被判为相同，类别却不同。", _JUDGE[1]),
)
MERGED_PARTNERS = Sentence(
    "contradicting-judgement",
    en=(
        (
            "«{one}» and «{other}» are judged the same, and partner with each other, "
            "or what else is merged with them does."
        ),
        _JUDGE[0],
    ),
    zh=("«{one}» 与 «{other}» 被判为相同，但两者（或随之合并的其他事物）互为合作方。", _JUDGE[1]),
)
MERGED_WITH_PARENT = Sentence(
    "merged-with-parent",
    en=("«{one}» and «{other}» are judged the same, and one belongs to the other, or is broader.", _JUDGE[0]),
    zh=("«{one}» 与 «{other}» 被判为相同，但其中一个隶属于另一个，或是其上位。", _JUDGE[1]),
)
NESTED_RDF = Sentence(
    "bad-rdf",
    en=("The file can't be read as RDF: {why}.", "Name what is nested, and state it by its name."),
    zh=("文件无法按 RDF 读取：{why}。", "为嵌套的内容命名，再用该名称陈述。"),
)
NOT_TEXT = Sentence(
    "not-text",
    en=("The column «{name}» holds {kind}, not text.", "Write it as text, with | between values."),
    zh=("«{name}» 列的类型为 {kind}，不是文本。", "改写为文本，多个值用 | 分隔。"),
)
NOT_UTF8 = Sentence(
    "not-utf8",
    en=("The file is not UTF-8: byte {byte} at offset {offset}.", "Save it as UTF-8 (in Excel: «CSV UTF-8»)."),
    zh=("文件不是 UTF-8 编码：偏移量 {offset} 处的字节为 {byte}。", "另存为 UTF-8（Excel 中为 «CSV UTF-8»）。"),
)
NOT_UTF8_RDF = Sentence(
    "bad-rdf",
    en=("The file is not UTF-8: it seems to be UTF-16 or UTF-32.", "Save it as UTF-8."),
    zh=("文件不是 UTF-8 编码，似为 UTF-16 或 UTF-32。", "另存为 UTF-8。"),
)
NO_CLASS = Sentence(
    "no-class",
    en=("«{value}» has no class.",
        "Give it a class in a «type» column, or put it into a file named after its class."),
    zh=("«{value}» 没有类别。", "在 «type» 列中写明类别，或写入以类别命名的文件。"),
)  # fmt: skip
NO_HEADER_WORD = Sentence(
    "unknown-column",
    en=("The column has cells but no header word.", "Name it, or empty it."),
    zh=("该列有内容，却没有列名。", "写出列名，或清空该列。"),
)
NO_ID = Sentence(
    "no-id",
    en=("The table has no «id» column.", "Add it."),
    zh=("表中没有 «id» 列。", "补上该列。"),
)
NO_ID_PARTED = Sentence(
    "no-id",
    en=("The table has no «id» column.", "Its cells seem to be parted by {sign}: save them parted by commas."),
    zh=("表中没有 «id» 列。", "单元格似以{sign}分隔：请另存为以逗号分隔的文件。"),
)
NO_OBJECT = Sentence(
    "no-object",
    en=("The row has no object.", "Fill object or object@…."),
    zh=("该行没有客体。", "填写 object 或 object@…。"),
)
NO_PASSAGE = Sentence(
    "bad-source",
    en=("«{value}» is not a passage.", "Write one as it is cited: key#locator."),
    zh=("«{value}» 不是段落引用。", "按引用时的写法写出一个段落：key#locator。"),
)
NO_PREDICATE = Sentence(
    "unknown-predicate",
    en=("The row has no predicate.", "Use a header word, or its prefixed name."),
    zh=("该行没有写明关系。", "写成列名，或带前缀的名称。"),
)
NO_PREDICATE_COLUMN = Sentence(
    "no-id",
    en=("The table has no «predicate» column beside «subject».", "Add it."),
    zh=("表中有 «subject» 列，却没有 «predicate» 列。", "补上该列。"),
)
NO_SOURCE = Sentence(
    "no-source",
    en=("The row has no source.", _CITE[0]),
    zh=("该行没有注明来源。", _CITE[1]),
)
NO_SOURCE_COLUMN = Sentence(
    "no-source",
    en=("The row has no source: the table has no «source» column.", _CITE[0]),
    zh=("该行没有注明来源：表中没有 «source» 列。", _CITE[1]),
)
NO_STATEMENT = Sentence(
    "no-statement",
    en=("The row states nothing.", "Fill a cell, or remove the row."),
    zh=("该行不含任何陈述。", "填写单元格，或删去该行。"),
)
NO_SUBJECT = Sentence(
    "no-subject",
    en=("The row does not say what it is about.", "Fill this cell."),
    zh=("该行没有写明主体。", "填写此单元格。"),
)
NO_VALUE = Sentence(
    "no-value",
    en=("The cell holds | and no value.", "Remove it."),
    zh=("单元格只有 |，没有值。", "将其删去。"),
)
TOO_MANY_CELLS = Sentence(
    "too-many-cells",
    en=("The row has {cells} cells; the header has {words}.",
        "Put a cell that holds a comma in double quotes, or remove what is too much."),
    zh=("该行有 {cells} 个单元格，表头只有 {words} 个。", "含逗号的单元格须加双引号；否则删去多余的单元格。"),
)  # fmt: skip
UNCITED_PASSAGE = Sentence(
    "uncited-passage",
    en=("Nothing cites «{value}».", "Write the passage as it is cited, or remove the row."),
    zh=("没有任何内容引用 «{value}»。", "按引用时的写法写出该段落，或删去该行。"),
    level="warning",
)
UNCITED_PASSAGE_LIKE = Sentence(
    "uncited-passage",
    en=(UNCITED_PASSAGE.en[0], "Perhaps «{close}» is meant: write the passage as it is cited, or remove the row."),
    zh=(UNCITED_PASSAGE.zh[0], "也许是指 «{close}»：按引用时的写法写出该段落，或删去该行。"),
    level="warning",
)
UNKNOWN_COLUMN = Sentence(
    "unknown-column",
    en=("There is no column word «{name}».", "The words are: {known}. Rename the column, or remove it."),
    zh=("没有 «{name}» 这个列名。", "可用的列名有：{known}。更正列名，或删去该列。"),
)
UNKNOWN_COLUMN_LIKE = Sentence(
    "unknown-column",
    en=("There is no column word «{name}».", "Perhaps «{close}» is meant. Rename the column, or remove it."),
    zh=("没有 «{name}» 这个列名。", "也许是指 «{close}»。更正列名，或删去该列。"),
)
UNKNOWN_PREDICATE = Sentence(
    "unknown-predicate",
    en=("There is no predicate «{name}».", "Use a header word, or its prefixed name."),
    zh=("没有 «{name}» 这种关系。", "写成列名，或带前缀的名称。"),
)
UNKNOWN_PREDICATE_LIKE = Sentence(
    "unknown-predicate",
    en=("There is no predicate «{name}».", "Perhaps «{close}» is meant."),
    zh=("没有 «{name}» 这种关系。", "也许是指 «{close}»。"),
)
UNKNOWN_SOURCE = Sentence(
    "unknown-source",
    en=("There is no source with the key «{value}».", "Write its key."),
    zh=("没有键为 «{value}» 的来源。", "写出来源的键。"),
)
UNKNOWN_WORD = Sentence(
    "unknown-word",
    en=("The ontology has no word {word}; statements that use it: {count}.",
        "Use a word that it has, or one of another vocabulary."),
    zh=("本体中没有 {word} 一词，使用它的陈述数：{count}。", "改用本体已有的词，或其他词表的词。"),
    level="warning",
)  # fmt: skip
UNKNOWN_WORD_LIKE = Sentence(
    "unknown-word",
    en=(UNKNOWN_WORD.en[0], "Perhaps {close} is meant."),
    zh=(UNKNOWN_WORD.zh[0], "也许是指 {close}。"),
    level="warning",
)
UNMERGEABLE = Sentence(
    "merged-classes",
    en=("«{one}» and «{other}» are judged the same, which such things can't be.", _JUDGE[0]),
    zh=("«{one}» 与 «{other}» 被判为相同，但这类事物不能合并。", _JUDGE[1]),
)
WRONG_OBJECT = Sentence(
    "wrong-object",
    en=("The object of «{name}» stands in the wrong column.", "Write it in the column object."),
    zh=("«{name}» 的客体写错了列。", "写在 object 列中。"),
)
WRONG_TEXT = Sentence(
    "wrong-object",
    en=("The object of «{name}» stands in the wrong column.", "Write it in a column object@en, object@zh, …."),
    zh=("«{name}» 的客体写错了列。", "写在 object@en、object@zh 等列中。"),
)

DAMAGED: dict[Language, str] = {"en": "it is damaged", "zh": "文件已损坏"}
SEMICOLONS: dict[Language, str] = {"en": "semicolons", "zh": "分号"}
SHEET_IS_MISSING: dict[Language, str] = {"en": "a sheet of it is missing", "zh": "缺少一个工作表"}
TABS: dict[Language, str] = {"en": "tabs", "zh": "制表符"}
TOO_DEEP: dict[Language, str] = {
    "en": f"it nests more than {nesting.MOST} deep", "zh": f"嵌套超过 {nesting.MOST} 层"
}  # fmt: skip
WORKBOOK: dict[Language, str] = {"en": "an Excel workbook", "zh": "Excel 工作簿"}


def reported(fault: object) -> dict[Language, str]:
    """What a library says of a fault, which it knows in English only."""
    return {"en": str(fault), "zh": f"原始报错 «{fault}»"}
