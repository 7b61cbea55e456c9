import json

import pytest

from meetsched.domain.plan import Plan
from meetsched.export import plan_document
from tests.export.examples import DATA, example, hostile


@pytest.mark.parametrize("name", ["town", "region"])
def test_document_is_the_plan_as_it_was_read(name):
    assert plan_document(example(name)[1]) == (DATA / f"{name}.plan.json").read_bytes()


def test_document_reads_back_as_the_same_plan_whatever_its_titles():
    _, plan = hostile("town", '"\\ </script> \r\n \u2028 🎻 =1+1')
    assert Plan.model_validate(json.loads(plan_document(plan))) == plan


def test_document_is_readable_text():
    content = plan_document(example("town")[1])
    assert content.endswith(b"}\n")
    assert content.startswith(b'{\n "schema": "meetsched-plan/1"')
