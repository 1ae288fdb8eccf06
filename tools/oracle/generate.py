"""Writes random questionnaires with answers, each also as an XForm: `generate.py OUT.jsonl`."""

import io
import json
import random
import sys

import openpyxl
from expressions import NUMERALS, WORDS, Conditions
from pyxform.xls2xform import convert

SEED = 20250101
FORMS = 540
# Room for the whole: a condition longer than this is drawn anew.
LONGEST_CONDITION = 150

CONDITIONS = ["relevant", "required", "constraint"]
TYPES = ["boolean", "select_one", "select_multiple", "text", "integer", "decimal"]
XLSFORM_TYPES = {"boolean": "select_one", "select_one": "select_one", "select_multiple": "select_multiple"}
# One option is part of another's key, so that a search for parts of the text gives another result.
OPTIONS = ["a", "ab", "b", "abc", "a_b", "yes", "no", "none", "diplomatic", "other"]
# Keys that are words of the language or hold a hyphen.
ODD_KEYS = ["and", "or", "not", "div", "mod", "if", "true", "number", "selected", "A1-b", "D2_renewals", "_x", "A-1"]


def question(rng, key):
    """A question without its conditions; `likely` are the answers that it gets and that conditions compare it with."""
    kind = rng.choice(TYPES)
    made = {"key": key, "type": kind, "options": []}
    if kind == "boolean":
        made["choices"] = ["yes", "no"]
        made["likely"] = ["yes", "no"]
    elif kind in ("select_one", "select_multiple"):
        made["options"] = rng.sample(OPTIONS, rng.randint(2, 5))
        made["choices"] = made["options"]
        made["likely"] = made["options"] if kind == "select_one" else several(rng, made["options"])
    elif kind == "text":
        # An answer is never empty and has no space at its ends; '' is what an unanswered question has.
        words, numerals = ([text for text in texts if text and text == text.strip()] for texts in (WORDS, NUMERALS))
        made["likely"] = rng.sample(words, 2) + rng.sample(numerals, 2)
    elif kind == "integer":
        made["likely"] = [str(n) for n in rng.sample([-3, 0, 1, 2, 3, 5, 7, 10, 18, 100], 4)]
    else:
        made["likely"] = rng.sample(["-3.5", "0.0", "0.1", "0.5", "1.5", "2.0", "2.25", "5.0", "10.0", "18.5"], 4)
    return made


def several(rng, options):
    """Some ways to choose among options, each in the order of the options."""
    chosen = [rng.sample(options, rng.randint(1, len(options))) for _ in range(4)]
    return [" ".join(option for option in options if option in some) for some in chosen]


def condition(rng, questions, own=None):
    """A condition over some of the questions: as it is written here, and for the second engine."""
    while True:
        ours, theirs = Conditions(rng, questions, own).condition(rng.choice([0, 1, 1, 2, 2, 3, 4]))
        if len(ours) <= LONGEST_CONDITION:
            return ours, theirs


def form(rng):
    """The questions of a form, some with conditions."""
    count = rng.randint(3, 12)
    keys = ["Q%d" % n for n in range(1, count + 1)]
    for position in range(count):
        if rng.random() < 0.12:
            keys[position] = rng.choice([key for key in ODD_KEYS if key not in keys])
    questions = [question(rng, key) for key in keys]
    # A skip condition refers only to what comes before it in this order, so there are no cycles; where the order is
    # not that of the form, it also refers to later questions.
    order = list(questions)
    if rng.random() < 0.6:
        rng.shuffle(order)
    for position, made in enumerate(order):
        if position > 0 and rng.random() < 0.4:
            made["relevant"] = condition(rng, order[:position])
    for made in questions:
        draw = rng.random()
        if draw < 0.35:
            made["required"] = condition(rng, [other for other in questions if other is not made])
        elif draw < 0.5:
            made["required"] = "true()", "true()"
        elif draw < 0.53:
            made["required"] = "false()", "false()"
    for made in questions:
        if rng.random() < 0.4:
            # Mostly about the answer itself, and about others, too.
            made["constraint"] = condition(rng, [made] * len(questions) + questions, own=made)
    if rng.random() < 0.3:
        note = {"key": "note", "type": "note", "options": [], "likely": []}
        if rng.random() < 0.7:
            note["relevant"] = condition(rng, questions)
        questions.insert(rng.randint(0, count), note)
    return questions


def answers(rng, questions):
    """Answers to most of the questions, whether they will be asked or not."""
    share = rng.choice([0.5, 0.8, 0.9, 1.0])
    return {q["key"]: rng.choice(q["likely"]) for q in questions if q["likely"] and rng.random() < share}


def xform(questions):
    """The form as a workbook in the structure of XLSForm, converted to an XForm."""
    workbook = openpyxl.Workbook()
    survey = workbook.active
    survey.title = "survey"
    choices = workbook.create_sheet("choices")
    survey.append(["type", "name", "label", *CONDITIONS])
    choices.append(["list_name", "name", "label"])
    for number, made in enumerate(questions):
        kind = made["type"]
        if "choices" in made:
            kind = "%s list%d" % (XLSFORM_TYPES[kind], number)
            for option in made["choices"]:
                choices.append(["list%d" % number, option, option])
        theirs = [made[column][1] if column in made else None for column in CONDITIONS]
        survey.append([kind, made["key"], made["key"], *theirs])
    file = io.BytesIO()
    workbook.save(file)
    return convert(file.getvalue(), file_type=".xlsx", form_name="data").xform


def ours(made):
    """A question with its conditions as they are written here."""
    kept = {member: made[member] for member in ("key", "type", "options")}
    return kept | {column: made[column][0] for column in CONDITIONS if column in made}


def main(path):
    rng = random.Random(SEED)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for _ in range(FORMS):
            questions = form(rng)
            sets = [answers(rng, questions) for _ in range(rng.randint(2, 3))]
            written = {"xform": xform(questions), "answers": sets}
            written["questions"] = [ours(made) for made in questions]
            file.write(json.dumps(written, ensure_ascii=False, sort_keys=True) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
