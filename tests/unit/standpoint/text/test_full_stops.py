import pytest

from standpoint.text.article import read_article

# Each text with the number of its sentences.
ABBREVIATIONS = {
    "members": ("The hon. Member for Leeds asked. The Rt. Hon. Anna Kovac replied.", 2),
    "acts": ("By Sec. 5 of the Act and Art. 7 of the Treaty, Cllr. Brandt lost. He left.", 2),
    "courts": ("Roe v. Wade fell. Brown vs. Board stood.", 2),
    "paragraphs": ("See para. 3 and cl. 4. S. 1790 passed. H.R. 3 did not. H. Res. 24 failed.", 4),
    "legislators": ("Reps. Roe, D-Mass., and Doe (R-Ky.) met. Sens. Cox and Li left.", 2),
    "offices": ("Gov. Roe met Lt. Gov. Doe and Gen. Li. Col. Cox saw Pres. Fox. He left.", 3),
    "in capitals": ("SEN. KOVAC SPOKE. MR. BRANDT LEFT. DR. LI STAYED.", 3),
    "companies": (
        "Acme Corp. Chairman Roe met Beta Inc. executives. He works for Acme Inc. The",
        3,
    ),
    "countries": ("He is in the U.S. He met the U.S. Senate and the U.N. Security Council.", 2),
    "capital after every acronym": ("Trade of the U.S. And Japan fell. The U.S. Is calm.", 2),
    "places": ("In Washington, D.C. The talks on St. Petersburg and Mt. Everest began.", 2),
    "daytimes": ("It ended at 5 p.m. Kovac spoke at 9 a.m. Monday and at 3 p.m. GMT.", 2),
    "months": ("It fell on Jan. 5. On Sept. 11 it rained.", 2),
    "numbers": ("They met at No. 10. He said no. Kovac said no.", 3),
    "degrees": ("He got a Ph.D. She got an M.D. Kovac has one.", 2),
    "for example": ("I paid approx. 5 euros, i.e. Nothing, e.g. Kovac. He left.", 2),
    "and so on": ("He backs tolls, dams, etc. Kovac does not.", 2),
    "unknown before a small letter": ("Kovac Gmbh. rejects it.", 1),
}
CAPITALS = {
    "vitamin": ("We need vitamin C. The rain fell.", 2),
    "plan": ("Ministers moved from plan A to plan B. Kovac opposes it.", 2),
    "name": ("Kim Jong U. He left.", 2),
    "initials": ("J. Edgar Hoover met George W. Bush, T. S. Eliot and J.D. Vance.", 1),
    "initial of a minister": ("The plan is bad, said A. Kovac. He left.", 2),
    "I": ("They met Kovac and I. Then he left. Peter I. Roe came.", 3),
    "number of a war": ("Kovac fought in World War II. Brandt did not.", 2),
}
MARKS = {
    "ellipsis": ("He stopped ... and went on. He stopped... Then he went… Kovac did not", 4),
    "two marks": ("Really?! Yes. What?? No!", 4),
    "quotations": ("“We go.” “No,” she said. 'Why?' he asked. \"It is.\" She left.", 5),
    "tags that open a quotation": ("He said: “Go.” Kovac said: “No!” Brandt asked: “Why?”", 3),
    "French marks": ("« Nous refusons. » Kovac left.", 2),
    "German marks": ("„Wir gehen.“ Brandt stayed.", 2),
    "brackets": ("(Laughter.) No. (Applause.) Yes (he said so. Twice) again.", 4),
    "lost space": ("The dam failed badly.He left www.oslo.org in anger.", 2),
    "address": ("See www.flag.govt.nz. Names of participants count.", 2),
    "small letters": ("he said no! she said yes. they left", 3),
    "small letter after a word": ("Kovac left the hall. she was angry.", 2),
    "dash": ("That was it, right? — someone asked. OK? — Kovac did.", 3),
    "list numbers": ("1. Kovac backs it. 2. Brandt rejects it.", 2),
    "Chinese": ("他反对关税。她支持。", 2),
    "Arabic": ("هل يرفض؟ نعم. لا", 3),
}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param(*case, id=name)
        for cases in (ABBREVIATIONS, CAPITALS, MARKS)
        for name, case in cases.items()
    ],
)
def test_a_stop_ends_a_sentence_only_where_another_begins(text, count):
    assert len(read_article(text).sentences) == count, read_article(text).sentences
