from tests.unit.standpoint.attribution.dam_debate import attributions


def test_the_span_of_a_cue_covers_its_helpers():
    text = "Ana Kovac has also called for rain."
    (attribution,) = attributions(text)
    assert (attribution.cue, attribution.cue_span.of(text)) == ("called", "has also called for")
