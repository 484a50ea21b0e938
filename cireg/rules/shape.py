"""What the schemas refuse, one rule for each way in which a file can break its schema."""

from __future__ import annotations

from cireg.rules.declare import found_by_reader

RULES = (
    found_by_reader(
        "CI030", "missing-field", "Required fields are there",
        "Without them nobody can tell what is proposed, or by whom.",
        mend="add the field",
        bad="plan: {risks: [{response: Hardware token on request}]}\n",
        good="plan: {risks: [{risk: No phone at hand, response: Hardware token on request}]}\n",
    ),
    found_by_reader(
        "CI031", "unknown-field", "Every field is one that the register knows",
        "A field with a slip in its name is a value that nobody reads. An organisation's own fields go under custom.",
        mend="correct the name, or move the field under custom",
        bad="ownr: service-desk-lead\n", good="owner: service-desk-lead\n",
    ),
    found_by_reader(
        "CI032", "wrong-type", "A value is of its field's kind",
        "A list where a text belongs cannot be shown, sorted or compared.",
        mend="write the value as the message says",
        bad="tags: self-service\n", good="tags: [self-service]\n",
    ),
    found_by_reader(
        "CI033", "unknown-value", "A value is one of those to choose from",
        "Only values that everybody knows can be counted and filtered.",
        mend="choose one of the values",
        bad="source: survey\n", good="source: feedback\n",
    ),
    found_by_reader(
        "CI034", "wrong-shape", "A value looks as its field asks for",
        "Ids, dates and periods find each other only when they are all written alike.",
        mend="write it as the message says",
        bad="owner: Service Desk Lead\n", good="owner: service-desk-lead\n",
    ),
    found_by_reader(
        "CI035", "wrong-date", "A date is a day that exists",
        "A date that does not exist cannot be counted with.",
        mend="write the day as YYYY-MM-DD",
        bad='target: {due: 2027-02-30}\n', good="target: {due: 2027-02-28}\n",
    ),
    found_by_reader(
        "CI036", "out-of-range", "A number lies in its range",
        "A score of 7 on a scale of 5 would push everything else down.",
        mend="give a number in the range",
        bad="scores: {value: 7}\n", good="scores: {value: 5}\n",
    ),
    found_by_reader(
        "CI037", "wrong-length", "Texts and lists have a sensible length",
        "A title that is no line, or a list of thousands, cannot be read by anybody.",
        mend="shorten it, or move the detail to where it belongs",
        bad="title: " + "long " * 80 + "\n", good="title: Answer sooner\n",
    ),
    found_by_reader(
        "CI038", "repeated-value", "A list names nothing twice",
        "The second mention says nothing, and counts double.",
        mend="keep each entry once",
        bad="tags: [portal, portal]\n", good="tags: [portal]\n",
    ),
    found_by_reader(
        "CI039", "wrong-form", "A value has one of the forms that its field allows",
        "A target that is both a change and a value says two things.",
        mend="keep one of the forms",
        bad={
            "improvements/CI-0001.yaml": "measures: [{kpi: first-answer-hours, role: secondary, "
            "target: {change: -10%, value: 8}}]\n",
            "kpis/first-answer-hours.yaml": "",
        },
        good={
            "improvements/CI-0001.yaml": "measures: [{kpi: first-answer-hours, role: secondary, "
            "target: {change: -10%}}]\n",
            "kpis/first-answer-hours.yaml": "",
        },
    ),
)  # fmt: skip
