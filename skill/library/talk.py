"""talk.yaml: what she says about herself and about the talk, apart from symptoms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from skill.library.frozen import Frozen

if TYPE_CHECKING:
    from pydantic import Field

    from skill.library.kinds import Expressions, Id, Text

ReasonName = Literal["too_long", "not_mine", "not_clear"]
AsideName = Literal["recording", "how_are_you", "who_checked"]


class Vague(Frozen):
    """Complaints that name a place and nothing else."""

    plain: Annotated[tuple[Text, ...], Field(description="Single words that say no more than that it hurts.")]
    places: Annotated[
        dict[Text, Annotated[tuple[Id, ...], Field(min_length=2, max_length=3)]],
        Field(description="A place, one word as compared, and the topics to choose from."),
    ]


class Talk(Frozen):
    """The words that are about the talk."""

    fillers: Annotated[tuple[Text, ...], Field(description="Single words that may stand before a sentence.")]
    yes_first: Annotated[tuple[Text, ...], Field(description="Single words: yes, where more may follow.")]
    asking_first: Annotated[Expressions, Field(description="A question begins so.")]
    asking: Annotated[Expressions, Field(description="Anywhere: it is a question after all.")]
    denying_first: Annotated[Expressions, Field(description="A denial begins so.")]
    corrections: Annotated[Expressions, Field(description="Before what she means after all.")]
    not_this_but: Annotated[Expressions, Field(description="Takes one thing back; the last word leads to the other.")]
    for_another: Annotated[Expressions, Field(description="It is about somebody else, not a baby.")]
    of_newborn: Annotated[Expressions, Field(description="It is about the health of a baby that is born.")]
    beside_newborn: Annotated[Expressions, Field(description="Beside that: how she is herself, so it is about her.")]
    of_baby: Annotated[Expressions, Field(description="She tells of a baby that is born: a sentence begins so.")]
    means_baby: Annotated[Expressions, Field(description="Nothing but that she means a baby that is born.")]
    baby_pronouns: Annotated[tuple[Text, ...], Field(description="Single words: the baby, once it was told of.")]
    of_herself: Annotated[tuple[Text, ...], Field(description="Single words with which she speaks of herself.")]
    of_her_first: Annotated[Expressions, Field(description="What is told of her begins so.")]
    thinking: Annotated[Expressions, Field(description="Only how she says it: it may stand before.")]
    reading_words: Annotated[tuple[Text, ...], Field(description="Single words beside a number that is a reading.")]
    details: Annotated[Expressions, Field(description="How often, how long or when.")]
    detail_words: Annotated[tuple[Text, ...], Field(description="Single words that may stand beside those.")]
    asking_for: Annotated[tuple[Text, ...], Field(description="Single words beside those: only for whom she asks.")]
    what_if: Annotated[Expressions, Field(description="A question about what may come begins so.")]
    in_first_person: Annotated[dict[Text, Text], Field(description="What is said of her, as compared → of oneself.")]
    afraid: Annotated[Expressions, Field(description="She is afraid.")]
    asks_to_call: Annotated[Expressions, Field(description="She asks us to call for help.")]
    over: Annotated[Expressions, Field(description="After an urgent reply: it is over, or she feels well.")]
    taken_back: Annotated[Expressions, Field(description="After one: it was none, or was long ago.")]
    explaining: Annotated[Expressions, Field(description="After one: a guess at what it is.")]
    pointing: Annotated[tuple[Text, ...], Field(description="Single words: what begins so goes on about the last.")]
    near: Annotated[Expressions, Field(description="Where others are.")]
    near_now: Annotated[Expressions, Field(description="The same, or that she is overheard, only after violence.")]
    near_words: Annotated[tuple[Text, ...], Field(description="Single words that may stand beside those.")]
    unwilling: Annotated[Expressions, Field(description="She will not call, or nobody is to know.")]
    overwhelmed: Annotated[Expressions, Field(description="She cannot go on, and asks nothing.")]
    called: Annotated[Expressions, Field(description="Care has been called, or is there.")]
    will_call: Annotated[Expressions, Field(description="She is about to call.")]
    denies_harm: Annotated[Expressions, Field(description="She will not harm herself: a denial.")]
    leaves_open: Annotated[Expressions, Field(description="Beside that: then it is no clear denial.")]
    beyond_words: Annotated[
        tuple[Text, ...], Field(description="Single words of asking how long, beside the light ones: no subject.")
    ]
    subjects: Annotated[dict[Text, Text], Field(description="A subject of such a question → its name.")]
    in_particular: Annotated[Expressions, Field(description="A question so begun is about one thing she names.")]
    how_to_tell: Annotated[Expressions, Field(description="She asks how to tell that it is so.")]
    medicines: Annotated[Expressions, Field(description="Names of medicines, as people say them.")]
    stops_medicine: Annotated[Expressions, Field(description="A question whether to stop a medicine.")]
    asks_for_medicine: Annotated[Expressions, Field(description="A question about one of them begins so.")]
    lost: Annotated[Expressions, Field(description="A loss, told outright or in passing.")]
    stage_words: Annotated[
        tuple[Text, ...], Field(description="Single words that only say how far along she is, beside those of cues.")
    ]
    about_it: Annotated[
        tuple[Text, ...], Field(description="Single words of a question about what is being talked about.")
    ]
    asides: Annotated[dict[AsideName, Expressions], Field(description="What people ask of any device.")]
    reasons: Annotated[dict[ReasonName, Expressions], Field(description="Why an answer did not help.")]
    vague: Vague
