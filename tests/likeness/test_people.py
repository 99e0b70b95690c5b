"""One person or two: what changes in a name from source to source, and what makes it another's."""

import pytest

from mhlit.catalog.source import Catalog
from mhlit.formats.readers.people import read_name
from mhlit.likeness.people import Sameness, sameness
from mhlit.names import inverted
from mhlit.store.index import records

SAME, FORM, SWAPPED, MISSPELT, OTHER = (
    Sameness.SAME,
    Sameness.FORM,
    Sameness.SWAPPED,
    Sameness.MISSPELT,
    Sameness.OTHER,
)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("Qiu, H.", "Qiu, Huachuan", SAME),
        ("Huang, J. T.", "Huang, Jen-tse", SAME),
        ("Huang, JT", "Huang, Jen-tse", SAME),
        ("Huang, J.-t.", "Huang, Jen-Tse", SAME),
        ("Han, Jieun", "Han, Ji-Eun", SAME),
        ("Choi, Jin Ho D.", "Choi, Jinho D.", SAME),
        ("Choudhury, Munmun De", "De Choudhury, Munmun", SAME),
        ("López-Monroy, A. P.", "Lopez Monroy, Adrian Pastor", SAME),
        ("Aragón, M. E.", "Aragon, Mario", SAME),
        ("Wang, Jane", "Wang, Jane X", SAME),
        ("Schwartz, Andrew", "Schwartz, H. Andrew", SAME),
        ("Mueller, A.", "Müller, Anna", SAME),
        ("Berg, A.", "van der Berg, Anna", SAME),
        ("Strunk, W.", "Strunk, Jr., William", SAME),
        ("O'Logbon, J", "O’Logbon, J.", SAME),
        ("Smith, Rob", "Smith, Robert", SAME),
        ("{Open AI}", "{OpenAI}", SAME),
        ("Klomek, A. B.", "Brunstein Klomek, Anat", FORM),
        ("López, A.", "Lopez Monroy, Adrian Pastor", FORM),
        ("Yirong, Chen", "Chen, Yirong", SWAPPED),
        ("Yirong, C.", "Chen, Yirong", SWAPPED),
        ("Elyshar, A.", "Elyashar, Aviad", MISSPELT),
        ("Chen, Yirnog", "Chen, Yirong", MISSPELT),
        ("Lui, Zhoufu", "Liu, Zhoufu", MISSPELT),
        ("Hu, Jinpen", "Hu, Jinpeng", MISSPELT),
        ("Wang, J.", "Wang, Xindi", OTHER),
        ("Wang, Yaqing", "Chen, Yirong", OTHER),
        ("Kim, Yejin", "Jeon, Yejin", OTHER),
        ("Lott, Abigail", "Powers, Abigail", OTHER),
        ("Li, Hao", "Li, Han", OTHER),
    ],
)
def test_two_names_are_told_to_be_one_persons_or_not(one: str, other: str, wanted: Sameness) -> None:
    assert sameness(read_name(one), read_name(other)) is wanted
    assert sameness(read_name(other), read_name(one)) is wanted


def test_every_author_is_known_by_initials_and_without_accents(catalog: Catalog) -> None:
    for work in catalog.works:
        for author in {author for record in records(work) for author in record.authors}:
            if not author.given:
                continue
            given = author.given.replace("-", " ").split()
            for short in (
                ". ".join(word[0] for word in given) + ".",
                given[0][0],
                "".join(word[0] for word in given).upper(),
            ):
                assert sameness(author._replace(given=short), author) is SAME, (short, inverted(author))


def test_no_two_authors_of_a_work_are_taken_for_one(catalog: Catalog) -> None:
    for work in catalog.works:
        authors = work.preferred.authors
        for place, one in enumerate(authors):
            for other in authors[place + 1 :]:
                assert sameness(one, other) < SAME, (inverted(one), inverted(other))
