"""What a short answer in an interview answers: "Twice." says nothing without the question before it."""

from nlp_service.domain import Record, Segment

SHORT_WORDS = 8
"""Words of the longest turn that is read with its question."""
LONGEST_QUESTION = 240
"""Characters; of a longer turn, its end, where the question stands."""


def question_before(segment: Segment, record: Record) -> str | None:
    """The interviewer's words just before the short turn that the segment is of; None elsewhere."""
    if record.kind != "interviews" or not segment.turn:
        return None
    answer, asked = record.turns[segment.turn], record.turns[segment.turn - 1]
    if asked.role != "interviewer" or len(record.text[answer.start : answer.end].split()) > SHORT_WORDS:
        return None
    question = record.text[asked.start : asked.end].strip()
    if len(question) > LONGEST_QUESTION:
        question = "…" + question[-LONGEST_QUESTION:].partition(" ")[2]
    return question or None
