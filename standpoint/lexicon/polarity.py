"""Polarity words: families of verbs, nouns, adjectives and phrases, by the stance they express.

Entries are dictionary forms and match by stem ("oppose" matches "opposed"); irregular forms are
listed. No source is recorded; docs/decisions/0006 has what the families gain.
"""

# The first N_POLAR families express a stance, of them the first N_FAVORABLE one in favor.
FAMILIES = {
    "support": """
        support; supporter; supportive; back; backing; endorse; endorsement; favour; favor;
        in favour of; in favor of; welcome; approve; approval; applaud; praise; hail; champion;
        defend; advocate; embrace; bless; blessing; accept; acceptance; agree; agreement; consent;
        assent; concur; side with; sided with; on the side of; stand by; stood by; stand behind;
        stands behind; stood behind; stick with; sign up; signed up; throw weight behind; thumbs up;
        say yes; said yes; says yes; yes; aye; come round; came round; come around; came around;
        warm to; convert; relent; reconcile; prefer; preference; enthusiasm; enthusiastic; keen;
        eager; proponent; co-sponsor; co-wrote; subscribe to; speak up for; spoke up for; vouch for;
        make the case for; made the case for; sing the praises; plump for; go along with;
        went along with; live with; no quarrel with; nothing against; speak in defence of;
        argue for; argued for; campaign for; campaigned for; lobby for; lobbied for; vote for;
        voted for; votes for; voting for; fought for; fight for; fights for; stood up for
    """,
    "demand": """
        demand; urge; want; wish; seek; sought; request; plead; beg; implore; push for; pushed for;
        press for; pressed for; call for; called for; calls for; calling for; call on; called on;
        calls on; appeal for; ask for; asked for; asks for; insist; require; need; needed; must;
        should; ought; hope; hoped; long for; recommend; propose; proposal; advise; suggest;
        encourage; exhort; crave; clamour; cry out for; petition; overdue; necessary; indispensable;
        essential; vital; crucial; imperative; urgent; priority; aim; goal; table; campaign; lobby;
        march; rally
    """,
    "promise": """
        promise; pledge; vow; commit; commitment; undertake; undertook; guarantee; assure;
        assurance; offer; ready; prepared; willing; readiness; willingness; intend; plan; swear;
        swore; sworn; determined; committed; stand ready; open to; determined to; resolve
    """,
    "enable": """
        ratify; sign; signed; adopt; pass; enact; implement; introduce; fund; finance; bankroll;
        sponsor; subsidise; subsidize; deliver; supply; ship; provide; grant; allow; permit;
        authorise; authorize; admit; resume; restore; reopen; open; extend; renew; keep; kept;
        retain; preserve; maintain; protect; save; rescue; revive; join; attend; invite; send; sent;
        launch; begin; began; start; build; built; raise; expand; donate; chip in; contribute;
        carry out; carried out; go ahead; went ahead; continue; push through; pushed through;
        vote through; green light; host; set up; back up; enforce; uphold; upheld; honour; comply
    """,
    "good": """
        good; better; best; right; fair; sensible; reasonable; wise; sound; historic; breakthrough;
        triumph; victory; success; progress; safe; safety; cure; remedy; solution; chance;
        opportunity; gift; lifeline; benefit; like; love; glad; happy; pleased; pleasure; delighted;
        grateful; proud; cheer; celebrate; thank; congratulate; salute; honest; decent; just;
        courage; bold; brave; prudent; useful; works; decency; relief; overjoyed; promising;
        landmark; peace; stability; enough
    """,
    "oppose": """
        oppose; opposition; opponent; object; objection; reject; rejection; refuse; refusal; resist;
        resistance; block; veto; thwart; obstruct; condemn; condemnation; denounce; criticise;
        criticize; criticism; critic; attack; blast; slam; deplore; decry; lambast; assail; dismiss;
        deride; ridicule; mock; scorn; sneer; scoff; spurn; rebuff; snub; repudiate; renounce;
        disown; deny; rule out; ruled out; rules out; turn down; turned down; vote down; voted down;
        vote against; voted against; votes against; voting against; throw out; threw out;
        thrown out; strike down; struck down; walk out; walked out; speak out against;
        campaign against; campaigned against; fight; fought; fights; against; anti; foe; enemy;
        hostile; hostility; sceptical; skeptical; unacceptable; intolerable; unlawful; illegal;
        unconstitutional; protest; contest; challenge; sue; dispute; balk; baulk; bridle; recoil;
        cold shoulder; say no; said no; says no; no to; wash hands of; shun; boycott; dig in;
        dug in; hold out against; set against; stand against; unwilling; reluctant; reluctance;
        averse; disagree; complain; complaint; disapprove; take issue; out of the question; bristle;
        sabotage; would not hear of; would have none of; have no truck with; not on; red line;
        non-starter; obstacle; no place
    """,
    "fear": """
        warn; warning; fear; dread; worry; worried; alarm; threat; threaten; danger; dangerous;
        risk; concern; caution; doubt; doubtful; suspicious; suspicion; misgiving; uneasy; unease;
        nervous; sorry; regret; lament; hate; loathe; detest; abhor; dislike; cannot abide
    """,
    "disable": """
        ban; halt; stop; end; scrap; abolish; repeal; cancel; suspend; withdraw; withdrew;
        withdrawn; pull out; pulled out; quit; abandon; drop; bury; buried; kill; delay; postpone;
        put off; shelve; freeze; froze; frozen; cut; close; shut; remove; lift; revoke; rescind;
        strip; expel; seize; bar; barred; dismantle; break off; broke off; leave; left; tear up;
        tore up; rip up; gut; water down; weaken; undermine; restrict; limit; curb;
        refer to the court; dissolve; annul; overturn; quash; bin; ditch; axe; stall; stalled;
        exclude; keep out; kept out
    """,
    "bad": """
        wrong; bad; worse; worst; mistake; error; folly; madness; disaster; catastrophe; disgrace;
        shame; scandal; insult; betrayal; betray; surrender; capitulation; reckless; ruinous; ruin;
        harm; harmful; cruel; unfair; unjust; useless; worthless; pointless; absurd; nonsense;
        farce; fraud; sham; theft; robbery; poison; trap; blackmail; violate; violation; breach;
        destroy; damage; punish; starve; strangle; waste; burden; cost; death; dead; die; grave;
        lie; lies; joke; circus; gimmick; toothless; hollow; empty; crime; criminal; illness;
        too far; too much; too late; premature; expensive; impossible; unworkable; failure; failed
    """,
    "negate": """
        not; no; never; none; neither; nor; without; cannot; t; n't; nt; dont; doesnt; didnt; isnt;
        wont; wouldnt; couldnt; nothing; nobody; hardly; scarcely; barely; no longer; any more;
        anymore; fail; decline; refuse; refusal; deny; denied; cease; far from; rather than;
        instead of; stopped; dropped; withdrew; abandoned; gave up; given up; give up; short of;
        lack; until; unless
    """,
    "condition": """
        if; unless; provided; provided that; only if; only when; as long as; so long as; condition;
        conditional; conditional on; on condition; once; until; in return for; in exchange for;
        before; in principle; subject to; except; would; could; might; only; depend
    """,
    "undecided": """
        ask; study; examine; consider; discuss; debate; receive; read; chair; whether; decide;
        undecided; yet to; silent; silence; decline to; comment; note; review; report; brief;
        inform; observe; observer; neutral; neither; await; wait; hear; heard; listen; affect;
        mention; describe; question; wonder; invite; told; confirm; say whether; take no position;
        no position; no view; no opinion; abstain; abstention; noncommittal; did not say;
        would not say; not say; refer; attend; schedule; due; deadline; according; count; figure;
        estimate; calculate; predict; expect
    """,
    "concede": """
        but; although; though; while; whereas; however; yet; still; nevertheless; despite;
        in spite of; even; admit; concede; acknowledge; grudging; reluctantly; for all; albeit;
        rather
    """,
    "former": """
        once; formerly; used to; former; previously; had; until; last year; years ago; a year ago;
        in the past; earlier; long; then; originally; initially; in opposition; before
    """,
    "now": """
        now; today; no longer; change; changed; reverse; reversed; reversal; switch; turn; turned;
        u-turn; convert; converted; since; finally; at last; has come; drop; dropped; lift; lifted;
        ended; overcome; overcame; soften; softened; yield; yielded; give way; gave way; bow; bowed
    """,
}
N_FAVORABLE, N_POLAR = 5, 9
NEGATION_INDEX = list(FAMILIES).index("negate")
