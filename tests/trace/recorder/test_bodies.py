"""The bodies of responses, to their end and before it."""

from tests.behaviour.versions import FLASK
from tests.trace.recorder.lanes import (
    MADE,
    OK,
    ONE_CONTEXT,
    begun,
    body,
    by_path,
    changes,
    lane,
    popped,
    run,
)


def test_a_body_in_pieces():
    trace = by_path("bodies")["GET /pieces"]
    assert lane(trace) == [
        *begun("GET /pieces", "pieces"),
        "view view pieces",
        MADE,
        OK,
        "teardown teardown_request tear_down",
        *popped(),
        *["stream stream words"] * 3,
        body(7),
    ]
    pieces = trace.steps[-4:-1]
    assert [s.outcome for s in pieces] == [
        "yielded 'one '",
        "yielded 'two'",
        "finished",
    ]
    assert [s.order for s in pieces] == [1, 2, 3]
    assert {(s.line, s.owner) for s in pieces} == {(33, None)}
    assert trace.steps[2].outcome == "returned a generator"
    assert changes(trace.steps[-1]) == {"response.body": ("(streamed)", "one two")}


def test_stream_with_context():
    trace = by_path("bodies")["GET /context"]
    again = "context push context" if ONE_CONTEXT else "context push request context"
    pieces = ["stream stream words"] * 3
    down = ["teardown teardown_request tear_down", *popped()]
    if FLASK == (3, 1):
        # The contexts go, and are pushed again when the body is asked for.
        rest = [MADE, OK, *down, "match match_request context", again, *pieces, *down]
    elif ONE_CONTEXT:
        rest = [again, MADE, OK, *pieces, *down]
    else:
        # They are pushed again while the view still runs.
        rest = ["match match_request context", again, MADE, OK, *pieces, *down]
    assert lane(trace) == [
        *begun("GET /context", "context"),
        "view view context",
        *rest,
        body(9),
    ]
    assert {s.after["g"] is None for s in trace.steps if s.kind == "stream"} == {False}


def test_a_file():
    trace = by_path("bodies")["GET /file"]
    assert lane(trace)[2:5] == ["view view file", MADE, OK]
    assert lane(trace)[-1] == body(7)
    assert changes(trace.steps[-1]) == {"response.body": ("(streamed)", "A file.")}


def test_call_on_close():
    trace = by_path("bodies")["GET /closing"]
    assert lane(trace)[-2:] == [body(7), "call call_on_close note_end"]


def test_an_empty_body():
    trace = by_path("bodies")["GET /empty"]
    assert lane(trace) == [
        *begun("GET /empty", "empty"),
        "view view empty",
        MADE,
        "handover start_response 204 NO CONTENT",
        "teardown teardown_request tear_down",
        *popped(),
    ]


def test_a_body_closed_before_its_end():
    trace = run("broken_bodies").traces[0]
    assert lane(trace)[-3:] == ["stream stream words"] * 2 + [body(4)]
    assert [s.outcome for s in trace.steps if s.kind == "stream"] == [
        "yielded 'one '",
        "closed early",
    ]
    assert trace.steps[-1].outcome == "broken off"


def test_a_body_that_is_not_read():
    trace = run("broken_bodies").traces[1]
    # The test client has asked for the first piece.
    assert lane(trace)[4:] == [OK, *popped(), "stream stream words"]


def test_a_body_that_fails():
    trace = run("broken_bodies").traces[2]
    assert lane(trace)[-3:] == [*["stream stream words"] * 2, body(3)]
    _, failed, broken = trace.steps[-3:]
    assert failed.outcome == "raised ValueError: in the body"
    assert broken.outcome == "broken off"


def test_nothing_is_lost_after_a_broken_body():
    assert [trace.path for trace in run("broken_bodies").traces] == [
        "/pieces",
        "/pieces",
        "/fails",
        "/last",
    ]
    assert lane(run("broken_bodies").traces[-1])[-1] == body(4)
