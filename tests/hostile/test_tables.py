"""Tables that come back from a spreadsheet, or from somebody's mistake: read, or refused whole."""

import time

import pytest
from for_each import for_each
from hostile.tables import PEOPLE, damaged, prepare, try_table


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    return folder, prepare(folder)


def test_the_table_that_is_damaged_is_a_good_one(desk):
    folder, table = desk
    assert try_table(folder, table)
    assert all(person.encode() in table for person in PEOPLE.values())


@for_each(range(3))
def test_a_damaged_table_is_read_or_refused_and_nothing_is_lost(seed, desk):
    folder, table = desk
    read = 0
    for content in damaged(seed, table, 20):
        clock = time.process_time()
        read += try_table(folder, content)
        assert time.process_time() - clock < 2
    assert 0 < read < 20
