"""JSON of speech recognisers: words and stretches become turns with seconds, whoever wrote them."""

import json

import pytest

from nlp_service.errors import UnreadableFile

WHY, LATE = "Why did you leave?", "It was late."


def word(text, start, end, **more):
    return {"text": text, "start": start, "end": end, **more}


def item(text, start=None, end=None, **more):
    kind = "punctuation" if start is None else "pronunciation"
    times = {} if start is None else {"start_time": str(start), "end_time": str(end)}
    return {"type": kind, "alternatives": [{"content": text, "confidence": "0.9"}], **times, **more}


SPOKEN = [
    item("Why", 0.5, 0.7), item("did", 0.7, 0.9), item("you", 0.9, 1.1), item("leave", 1.1, 1.5), item("?"),
    item("It", 2.0, 2.1), item("was", 2.1, 2.2), item("late", 2.2, 3.25), item("."),
]  # fmt: skip
LABELS = {
    "segments": [
        {"speaker_label": "spk_0", "items": [
            {"start_time": one["start_time"], "speaker_label": "spk_0"} for one in SPOKEN[:4]]},
        {"speaker_label": "spk_1", "items": [{"start_time": one["start_time"]} for one in SPOKEN[5:8]]},
    ]
}  # fmt: skip
AWS = {
    "jobName": "job-7",
    "results": {"transcripts": [{"transcript": "…"}], "speaker_labels": LABELS, "items": SPOKEN, "language_code": "en-US"},
    "status": "COMPLETED",
}  # fmt: skip
AWS_LABELED = {
    "results": {
        "transcripts": [],
        "items": [one | {"speaker_label": f"spk_{place > 4:d}"} for place, one in enumerate(SPOKEN)],
    }
}
AWS_CHANNELS = {
    "results": {
        "transcripts": [],
        "items": SPOKEN,
        "channel_labels": {
            "channels": [
                {"channel_label": "ch_1", "items": SPOKEN[5:]},
                {"channel_label": "ch_0", "items": [*SPOKEN[:5], item("So", 4.0, 4.5), item(".")]},
            ]
        },
    }
}
DEEPGRAM = {
    "metadata": {"request_id": "r-1"},
    "results": {
        "channels": [
            {
                "detected_language": "en",
                "alternatives": [
                    {
                        "transcript": "x",
                        "words": [
                            {"word": "why", "punctuated_word": WHY, "start": 0.5, "end": 1.5, "speaker": 0},
                            {"word": "late", "punctuated_word": LATE, "start": 2.0, "end": 3.25, "speaker": 1},
                        ],
                    }
                ],
            }
        ],
    },
}
DEEPGRAM_UTTERANCES = {
    "results": {
        "channels": [{"alternatives": [{"transcript": "x"}]}],
        "utterances": [
            {"start": 0.5, "end": 1.5, "speaker": 0, "channel": 0, "transcript": WHY},
            {"start": 2.0, "end": 3.25, "speaker": 1, "channel": 0, "transcript": LATE},
        ],
    }
}
ASSEMBLYAI = {
    "id": "t-1", "status": "completed", "audio_url": "https://a.example", "language_code": "en", "text": "x", "words": [],
    "utterances": [{"speaker": "A", "start": 500, "end": 1500, "text": WHY},
                   {"speaker": "B", "start": 2000, "end": 3250, "text": LATE}],
}  # fmt: skip
ASSEMBLYAI_WORDS = {
    **ASSEMBLYAI,
    "status": "TranscriptStatus.completed",
    "utterances": None,
    "words": [word(WHY, 500, 1500, speaker="A"), word("It was", 2000, 2500, speaker="B"),
              word("late.", 2500, 3250, speaker="B")],
}  # fmt: skip
REV = {
    "speakers": [{"id": 0, "name": "Ann"}],
    "monologues": [
        {"speaker": 0, "elements": [{"type": "text", "value": "Why did you leave", "ts": 0.5, "end_ts": 1.5},
                                     {"type": "punct", "value": "?"}]},
        {
            "speaker": 1,
            "elements": [
                {"type": "text", "value": "It", "timestamp": "00:00:02,000", "end_timestamp": "00:00:02,100"},
                {"type": "punct", "value": " "},
                {"type": "text", "value": "was late", "timestamp": "00:00:02,100", "end_timestamp": "00:00:03,250"},
                {"type": "punct", "value": "."},
            ],
        },
    ],
}  # fmt: skip
WHISPERX = {
    "segments": [
        {"start": 0.5, "end": 1.5, "text": f" {WHY}", "speaker": "SPEAKER_00"},
        {"start": 2.0, "end": 3.25, "text": f" {LATE}", "speaker": "SPEAKER_01"},
    ],
    "word_segments": [],
    "language": "en",
}
WHISPERX_SPLIT = {
    "segments": [
        {
            "start": 0.5, "end": 3.25, "text": f" {WHY} {LATE}", "speaker": "SPEAKER_00",
            "words": [
                {"word": "Why did you", "start": 0.5, "end": 1.0}, {"word": "leave?", "end": 1.5, "speaker": "SPEAKER_00"},
                {"word": "It was late.", "start": 2.0, "end": 3.25, "speaker": "SPEAKER_01"},
            ],
        }
    ],
}  # fmt: skip
WHISPER_CPP = {
    "result": {"language": "en"},
    "transcription": [
        {"offsets": {"from": 500, "to": 1500}, "text": f" {WHY}"},
        {"offsets": {"from": 2000, "to": 3250}, "text": f" {LATE}"},
    ],
}
PIPELINE = {
    "text": "x",
    "chunks": [{"timestamp": [0.5, 1.5], "text": f" {WHY}"}, {"timestamp": [2.0, None], "text": LATE}],
}
FAST = {**PIPELINE, "speakers": [
    {"speaker": "SPEAKER_00", "timestamp": [0.5, 1.5], "text": WHY},
    {"speaker": "SPEAKER_01", "timestamp": [2.0, 3.25], "text": LATE},
]}  # fmt: skip


def turns(contents):
    record = contents.records[0]
    return [
        (turn.speaker, record.text[turn.start : turn.end], turn.starts_at_s, turn.ends_at_s) for turn in record.turns
    ]


@pytest.mark.parametrize(
    ("value", "format", "speakers", "language"),
    [
        (AWS, "aws_transcribe", ("spk_0", "spk_1"), "en"),
        (AWS_LABELED, "aws_transcribe", ("spk_0", "spk_1"), None),
        (DEEPGRAM, "deepgram", ("Speaker 0", "Speaker 1"), "en"),
        (DEEPGRAM_UTTERANCES, "deepgram", ("Speaker 0", "Speaker 1"), None),
        (ASSEMBLYAI, "assemblyai", ("A", "B"), "en"),
        (ASSEMBLYAI_WORDS, "assemblyai", ("A", "B"), "en"),
        (REV, "rev", ("Ann", "Speaker 1"), None),
        (WHISPERX, "whisper", ("SPEAKER_00", "SPEAKER_01"), "en"),
        (WHISPERX_SPLIT, "whisper", ("SPEAKER_00", "SPEAKER_01"), None),
        (WHISPER_CPP, "whisper", ("", ""), "en"),
        (FAST, "whisper", ("SPEAKER_00", "SPEAKER_01"), None),
    ],
)
def test_two_turns_of_every_recogniser(read, value, format, speakers, language):
    contents = read("a.json", json.dumps(value))

    assert (contents.format, contents.kind, contents.records[0].language) == (format, "interviews", language)
    assert turns(contents) == [(speakers[0], WHY, 0.5, 1.5), (speakers[1], LATE, 2.0, 3.25)]
    assert set(contents.speakers) == set(speakers) - {""}


def test_the_last_chunk_of_a_pipeline_may_have_no_end(read):
    assert turns(read("a.json", json.dumps(PIPELINE)))[1] == ("", LATE, 2.0, None)


def test_channels_are_speakers_in_the_order_of_time(read):
    assert turns(read("a.json", json.dumps(AWS_CHANNELS))) == [
        ("ch_0", WHY, 0.5, 1.5), ("ch_1", LATE, 2.0, 3.25), ("ch_0", "So.", 4.0, 4.5),
    ]  # fmt: skip


def test_channels_of_deepgram_are_speakers_where_nobody_was_told_apart(read):
    heard = [{"punctuated_word": WHY, "start": 0.5, "end": 1.5}], [{"punctuated_word": LATE, "start": 2.0, "end": 3.25}]
    value = {"results": {"channels": [{"alternatives": [{"words": words}]} for words in heard]}}

    assert [speaker for speaker, *_ in turns(read("a.json", json.dumps(value)))] == ["Channel 0", "Channel 1"]


def test_words_of_chinese_and_japanese_are_joined_without_spaces(read):
    items = [item("你", 0, 1), item("好", 1, 2), item("。"), item("API", 2, 3), item("好", 3, 4)]
    value = {"results": {"transcripts": [], "items": items}}

    assert read("a.json", json.dumps(value)).records[0].text == "你好。\nAPI 好"


def test_silence_and_loops_of_whisper_are_counted(read):
    def segment(start, text, **more):
        return {"start": start, "end": start + 2, "text": text, "avg_logprob": -0.2, "no_speech_prob": 0.1,
                "compression_ratio": 1.2, **more}  # fmt: skip

    value = {
        "segments": [
            segment(0, " Yes."), segment(2, " Yes."), segment(4, " Thanks.", no_speech_prob=0.9, avg_logprob=-1.4),
            segment(6, " So so so"), segment(8, " So so so", compression_ratio=3.1),
            segment(10, " Thanks.", no_speech_prob=0.9),
        ]
    }  # fmt: skip
    contents = read("a.json", json.dumps(value))

    assert contents.records[0].text == "Yes.\nYes.\nSo so so\nThanks."
    assert contents.skipped == {"silence": 1, "repeated": 1}


def test_an_agent_and_a_customer_make_a_chat(read):
    pairs = zip(ASSEMBLYAI["utterances"], ("Agent", "Customer"), strict=True)
    value = {**ASSEMBLYAI, "utterances": [{**one, "speaker": name} for one, name in pairs]}
    contents = read("a.json", json.dumps(value))

    assert (contents.kind, contents.speakers) == ("chats", {"Agent": "agent", "Customer": "customer"})


@pytest.mark.parametrize("status", ["queued", "processing", "error"])
def test_a_recording_that_is_not_transcribed_yet_is_refused(read, status):
    with pytest.raises(UnreadableFile, match="fetch the transcript again"):
        read("a.json", json.dumps({**ASSEMBLYAI, "status": status}))


@pytest.mark.parametrize(
    "value",
    [
        {"results": {"transcripts": [], "items": [item(" ", 0, 1)]}},
        {"results": {"channels": [{"alternatives": [{"transcript": ""}]}]}},
        {**ASSEMBLYAI, "utterances": [], "text": ""},
        {"monologues": [{"speaker": 0, "elements": []}]},
        {"segments": [{"start": 0, "end": 1, "text": " "}], "language": "en"},
    ],
)
def test_a_transcript_without_words_is_refused(read, value):
    with pytest.raises(UnreadableFile, match="no words"):
        read("a.json", json.dumps(value))


@pytest.mark.parametrize(
    ("value", "format"),
    [
        ([{"text": "It broke"}, {"text": "Good"}], "json"),
        ({"results": [{"text": "It broke"}, {"text": "Good"}]}, "json"),
        ({"segments": [{"text": "It broke", "speaker": "Ann", "language": "en"}]}, "json"),
        ({"status": "completed", "text": "It broke", "words": 2}, "json"),
        ({"utterances": [{"speaker": "A", "text": "It broke"}], "text": "x"}, "json_dialogues"),
        ({"chunks": [{"text": "It broke"}], "text": "x"}, "json"),
    ],
)
def test_other_json_is_no_transcript_of_a_recogniser(read, value, format):
    assert read("a.json", json.dumps(value)).format == format
