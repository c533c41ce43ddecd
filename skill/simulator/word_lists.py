"""The lists that the matcher keeps itself. They are part of its frozen rules: docs/matcher.md prints them."""

from __future__ import annotations

from types import MappingProxyType

_FUNCTION_WORDS = """
    a an the this that these those some any no none each every all both either neither such another other
    i me my mine myself we us our ours ourselves you your yours yourself he him his himself she her hers herself
    it its itself they them their theirs themselves one ones someone something anyone anything everything nothing
    who whom whose which what when where why how whether
    am is are was were be been being do does did done doing have has had having
    can could will would shall should may might must ought need dare let
    get gets got gotten getting go goes going gonna
    not never yes yeah no nor and or but if because cause since while until till so as than though although unless
    of in on at by for with without from to into onto about over under above below between through during before after
    against around off out up down near per
    there here now then today again also too just only even still yet ever always sometimes often quite very really
    much more most less least many few lot lots bit
    please okay ok well um uh er hmm like kind sort
    i'm i've i'd i'll we're we've we'd we'll you're you've you'd you'll he's he'd he'll she's she'd she'll
    it's it'd it'll they're they've they'd they'll that's that'll there's here's what's who's where's when's why's how's
    isn't aren't wasn't weren't don't doesn't didn't haven't hasn't hadn't can't cannot couldn't won't wouldn't
    shan't shouldn't mightn't mustn't needn't ain't let's
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words that say nothing of the subject. Every other word is a content word (rule 4)."""

USUAL_WORDS = MappingProxyType(
    {
        "AMAZON.CancelIntent": ("cancel", "cancel that", "never mind", "forget it"),
        "AMAZON.HelpIntent": ("help", "help me", "can you help me"),
        "AMAZON.LoopOffIntent": ("loop off",),
        "AMAZON.LoopOnIntent": ("loop", "loop on"),
        "AMAZON.MoreIntent": ("more", "show more", "tell me more"),
        "AMAZON.NavigateHomeIntent": ("home", "go home", "go to home"),
        "AMAZON.NextIntent": ("next", "skip", "skip forward"),
        "AMAZON.NoIntent": ("no", "no thanks", "no thank you", "nope"),
        "AMAZON.PauseIntent": ("pause", "pause that"),
        "AMAZON.PreviousIntent": ("previous", "go back", "skip back", "back up"),
        "AMAZON.RepeatIntent": ("repeat", "repeat that", "say that again"),
        "AMAZON.ResumeIntent": ("resume", "continue", "keep going"),
        "AMAZON.ScrollDownIntent": ("scroll down",),
        "AMAZON.ScrollLeftIntent": ("scroll left",),
        "AMAZON.ScrollRightIntent": ("scroll right",),
        "AMAZON.ScrollUpIntent": ("scroll up",),
        "AMAZON.ShuffleOffIntent": ("shuffle off", "stop shuffling"),
        "AMAZON.ShuffleOnIntent": ("shuffle", "shuffle on"),
        "AMAZON.StartOverIntent": ("start over", "restart", "start again"),
        "AMAZON.StopIntent": ("stop", "off", "shut up"),
        "AMAZON.YesIntent": ("yes", "yes please", "yeah", "yep", "sure"),
    }
)
"""What people usually say for Amazon's own intents (rule 1), after Amazon's table of standard built-in intents.
"exit" and "quit" are missing on purpose: they end the session before any intent reaches a skill."""

_NUMBER_WORDS = """
    zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion
"""
NUMBER_WORDS = frozenset(_NUMBER_WORDS.split())
"""What a number slot takes; "and" may stand between two of them."""
