"""Random conditions of the expression language, well typed and within what the second engine shares.

Two numbers are equal here when they are equal as numbers. In XPath 1.0 that is so only where a side of the comparison is
no answer, so for the second engine such a comparison is written out: see README.md.
"""

# Levels of precedence; a text of a higher level may stand unbracketed where a lower one may.
OR, AND, EQUALITY, RELATION, SUM, PRODUCT, SIGN, PRIMARY = range(1, 9)

NUMBERS = ["0", "1", "2", "3", "4", "5", "7", "10", "18", "100", "0.5", "1.5", "2.0", "2.25", "0.10", "007"]
SMALL_NUMBERS = ["0", "1", "2", "3", "4", "5", "0.5"]
COMPARISONS = ["=", "!=", "<", "<=", ">", ">="]
# Strings that are a number or only look like one. What the engines read differently is left out: see README.md.
NUMERALS = ["5", "18", "2.5", "-3", "0", "007", "5.", ".5", "-.5", " 7 ", " 2 "]
NUMERALS += ["- 5", "1,5", "1_0", "5 6", "inf", "-inf", "infinity", "nan"]
WORDS = ["", "yes", "a", "ab", "hello world", "true", "a<b&c", "it's", 'say "x"']
WORDS += ["é", "zażółć", "Straße", "Ελλάδα", "日本"]


# The first of the characters that stand for a comparison of numbers until the condition is written.
PRIVATE = 0xE000


class Conditions:
    """Makes conditions that refer to some of the questions of a form; `own` is the one that a constraint is about."""

    def __init__(self, rng, questions, own=None):
        self.rng = rng
        self.questions = questions
        self.own = own
        self.equalities = []
        self.closed = [q for q in questions if q["type"] in ("boolean", "select_one", "select_multiple")]
        self.numeric = [q for q in questions if q["type"] in ("integer", "decimal")]

        self.wordy = [q for q in questions if q not in self.numeric]

    def condition(self, depth):
        """One condition, at most `depth` operations deep: as it is written here, and for the second engine."""
        ours = theirs = self.boolean(depth)[1]
        for number, (one, other) in enumerate(self.equalities):
            ours = ours.replace(chr(PRIVATE + number), one)
            theirs = theirs.replace(chr(PRIVATE + number), other)
        return ours, theirs

    def pick(self, weighted):
        """One of the makers of `weighted`, a list of pairs of a weight and a maker, and what it makes."""
        return self.rng.choices([m for _, m in weighted], [w for w, _ in weighted])[0]()

    # Each maker below gives a pair: the level of precedence and the text.

    def boolean(self, depth):
        if depth <= 0:
            return self.pick([(12, self.question_test), (1, self.constant)])
        d = depth - 1
        return self.pick([
            (4, self.question_test),
            (4, lambda: self.binary(AND, ["and"], self.boolean(d), self.boolean(d))),
            (4, lambda: self.binary(OR, ["or"], self.boolean(d), self.boolean(d))),
            (3, lambda: self.call("not", self.boolean(d))),
            (1, lambda: self.call("if", self.boolean(d), self.boolean(d), self.boolean(d))),
            (1, lambda: self.binary(EQUALITY, ["=", "!="], self.boolean(d), self.boolean(d))),
            (4, lambda: self.comparison(self.arithmetic(), self.quantity())),
            (1, lambda: self.comparison(self.number(d), self.scalar(d))),
            (1, lambda: self.comparison(self.scalar(d), self.number(d))),
            (3, lambda: self.comparison(self.string(d, self.wordy), self.string(d, self.wordy))),
        ])

    def scalar(self, depth):
        """A number, or a string where a number is meant."""
        return self.pick([(3, lambda: self.number(depth)), (2, lambda: self.string(depth))])

    def number(self, depth):
        if depth <= 0:
            return self.pick([(3, self.number_literal), (1, self.count_selected), (1, self.string_length)])
        d = depth - 1
        return self.pick([
            (3, self.number_literal),
            (2, self.count_selected),
            (2, lambda: self.call("string-length", self.string(d))),
            (6, lambda: self.call("number", self.string(d))),
            (3, self.arithmetic),
            (2, lambda: self.binary(SUM, ["+", "-"], self.scalar(d), self.scalar(d))),
            (2, lambda: self.binary(PRODUCT, ["*", "div", "mod"], self.scalar(d), self.scalar(d))),
            (2, lambda: self.negative(self.scalar(d))),
            (1, lambda: self.call("if", self.boolean(d), self.number(d), self.number(d))),
        ])

    def string(self, depth, questions=None):
        """A string, with references to some of the questions."""
        questions = self.questions if questions is None else questions
        reference = (lambda: self.reference(self.rng.choice(questions))) if questions else self.string_literal
        if depth <= 0:
            return self.pick([(4, reference), (2, self.string_literal)])
        d = depth - 1
        one = lambda: self.string(d, questions)
        return self.pick([
            (5, reference),
            (2, self.string_literal),
            (2, lambda: self.call("coalesce", one(), one())),
            (1, lambda: self.call("if", self.boolean(d), one(), one())),
        ])

    def arithmetic(self):
        """A sum of products, mostly without brackets."""
        return self.chain(SUM, ["+", "-"], lambda: self.chain(PRODUCT, ["*", "div", "mod"], self.quantity))

    def chain(self, level, operators, operand):
        """One to three operands joined from the left."""
        made = operand()
        for _ in range(self.rng.randint(0, 2)):
            made = self.binary(level, operators, made, operand())
        return made

    def quantity(self):
        """What is a number for sure, unless the question is not answered."""
        number = self.rng.choice(SMALL_NUMBERS)
        small = PRIMARY, number
        # Spaces around a number in a string do not count.
        as_string = self.literal(" " + number + " ")
        makers = [(4, lambda: small), (1, lambda: self.negative(small)), (1, self.count_selected)]
        makers += [(1, self.string_length), (0.5, lambda: self.call("number", as_string))]
        if self.numeric:
            makers.append((5, lambda: self.reference(self.rng.choice(self.numeric))))
        return self.pick(makers)

    def question_test(self):
        """What authors mostly write: a question compared with one of its likely answers."""
        question = self.rng.choice(self.questions)
        reference, answer = self.reference(question), self.rng.choice(question["likely"])
        equality = self.equality if question in self.numeric else self.inequality
        tests = [
            (3, lambda: equality(reference, self.literal(answer))),
            (1, lambda: self.inequality(reference, self.literal(""))),
        ]
        if question in self.closed:
            tests.append((4, lambda: self.selected(question)))
        if question["type"] == "select_multiple":
            number = PRIMARY, self.rng.choice(["1", "2", "3"])
            tests.append((2, lambda: self.comparison(self.call("count-selected", reference), number)))
        if question["type"] == "text":
            length = PRIMARY, str(len(answer))
            tests.append((3, lambda: self.comparison(self.call("string-length", reference), length)))
            tests.append((1, lambda: self.comparison(reference, self.number_literal())))
            tests.append((2, lambda: self.comparison(self.call("number", reference), self.number_literal())))
        if question in self.numeric:
            number = PRIMARY, answer.removeprefix("-")
            signed = self.negative(number) if answer.startswith("-") else number
            # The same number written otherwise is the same number.
            otherwise = self.literal(answer + ("0" if "." in answer else ".0"))
            tests.append((4, lambda: self.comparison(reference, signed)))
            tests.append((2, lambda: self.equality(reference, otherwise)))
            tests.append((1, lambda: self.equality(reference, self.string_literal())))
            tests.append((2, lambda: self.equality(reference, self.reference())))
            tests.append((1, lambda: self.equality(self.reference(), reference)))
        return self.pick(tests)

    def inequality(self, left, right):
        return self.binary(EQUALITY, ["=", "!="], left, right)

    def equality(self, left, right):
        """Whether an answer that is a number equals something: as texts, where there is no answer, or as numbers."""
        operator = self.rng.choice(["=", "!="])
        _, ours = self.binary(EQUALITY, [operator], left, right)
        (_, one), (_, other) = left, right
        theirs = "(%s = %s or number(%s) = number(%s))" % (one, other, one, other)
        self.equalities.append((ours, theirs if operator == "=" else "not" + theirs))
        return EQUALITY, chr(PRIVATE + len(self.equalities) - 1)

    def comparison(self, left, right):
        operator = self.rng.choice(COMPARISONS)
        return self.binary(EQUALITY if operator in ("=", "!=") else RELATION, [operator], left, right)

    def constant(self):
        return self.call(self.rng.choice(["true", "false"]))

    def selected(self, question):
        # Only options of the question itself, which any check of a questionnaire accepts.
        return self.call("selected", self.reference(question), self.literal(self.rng.choice(question["choices"])))

    def count_selected(self):
        if not self.closed:
            return self.number_literal()
        return self.call("count-selected", self.reference(self.rng.choice(self.closed)))

    def string_length(self):
        return self.call("string-length", self.reference())

    def reference(self, question=None):
        question = question or self.rng.choice(self.questions)
        if question is self.own and self.rng.random() < 0.8:
            return PRIMARY, "."
        return PRIMARY, "${%s}" % question["key"]

    def number_literal(self):
        return PRIMARY, self.rng.choice(NUMBERS)

    def string_literal(self):
        likely = self.rng.choice(self.questions)["likely"]
        return self.literal(self.rng.choice(self.rng.choice([NUMERALS, WORDS, likely])))

    def literal(self, value):
        quote = self.rng.choice([quote for quote in ("'", "'", '"') if quote not in value])
        return PRIMARY, quote + value + quote

    def negative(self, operand):
        # A second sign directly after the first is an error in the second engine.
        return SIGN, "-" + self.bracketed(operand, PRIMARY)

    def call(self, name, *arguments):
        if not arguments:
            return PRIMARY, name + "()"
        comma = self.rng.choice([", ", ", ", ",", " , "])
        inner = comma.join(text for _, text in arguments)
        return PRIMARY, self.rng.choice(["%s(%s)", "%s(%s)", "%s( %s )"]) % (name, inner)

    def binary(self, level, operators, left, right):
        operator = self.rng.choice(operators)
        # A word needs room on both sides; a sign may do without.
        around = [(" ", " "), (" ", " "), ("  ", "\n")]
        if not operator.isalpha():
            around = [(" ", " "), (" ", " "), ("", ""), ("", " "), (" ", "")]
        before, after = self.rng.choice(around)
        return level, self.bracketed(left, level) + before + operator + after + self.bracketed(right, level + 1)

    def bracketed(self, operand, least):
        level, text = operand
        if level < least or self.rng.random() < 0.08:
            return "(" + text + ")"
        return text
