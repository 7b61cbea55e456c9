"""An instance as YAML and as JSON."""

from __future__ import annotations

import json

from meetsched.domain.instance import Instance
from meetsched.saving.tree import tree_of

_WIDTH = 100


def json_document(instance: Instance) -> bytes:
    """Return an instance as JSON."""
    return json.dumps(tree_of(instance), ensure_ascii=False, indent=1).encode() + b"\n"


def yaml_document(instance: Instance) -> bytes:
    """Return an instance as YAML, without comments."""
    import yaml

    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.dump(
        tree_of(instance),
        Dumper=dumper,
        allow_unicode=True,
        sort_keys=False,
        width=_WIDTH,
        default_flow_style=None,
    )
    return text.encode()
