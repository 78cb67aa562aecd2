"""The values for Zero to JupyterHub: who sees what. Their form was checked against its schema."""

import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from apart import apart

DEPLOY = Path(__file__).parent.parent.parent / "deploy" / "jupyterhub"
VALUES = yaml.safe_load((DEPLOY / "z2jh-values.yaml").read_text(encoding="utf-8"))
STORAGE = VALUES["singleuser"]["storage"]


@pytest.fixture
def started():
    """Start a server for somebody in some groups: what it sees."""
    config = SimpleNamespace(JupyterHub=SimpleNamespace(), KubeSpawner=SimpleNamespace())
    exec(VALUES["hub"]["extraConfig"]["10-framingkit"], {"c": config})

    def start(*groups):
        spawner = SimpleNamespace(
            user=SimpleNamespace(groups=[SimpleNamespace(name=name) for name in groups]),
            volume_mounts={"home": {"name": "home", "mountPath": "/srv/learner"}}
            | STORAGE["extraVolumeMounts"],
            environment=dict(VALUES["singleuser"]["extraEnv"]),
        )
        apart(asyncio.run, config.KubeSpawner.pre_spawn_hook(spawner))
        mounts = spawner.volume_mounts
        mounts = mounts.values() if isinstance(mounts, dict) else mounts
        return {one["mountPath"]: one for one in mounts}, spawner.environment

    return start


def test_a_learner_sees_one_folder_of_hand_ins_and_only_reads_what_is_shared(started):
    mounts, environment = started("students")
    assert mounts[environment["FRAMINGKIT_HAND_IN_FOLDER"]]["subPath"] == "handed-in/{username}"
    assert mounts[environment["FRAMINGKIT_SHARED_FOLDER"]]["readOnly"] is True
    assert "FRAMINGKIT_INSTRUCTOR" not in environment


def test_an_instructor_sees_all_of_them_and_writes_into_the_shared_folder(started):
    mounts, environment = started("instructors")
    assert mounts[environment["FRAMINGKIT_HAND_IN_FOLDER"]]["subPath"] == "handed-in"
    assert not mounts[environment["FRAMINGKIT_SHARED_FOLDER"]].get("readOnly")
    assert environment["FRAMINGKIT_INSTRUCTOR"] == "1"
    assert "/srv/learner" in mounts
    assert started()[1].get("FRAMINGKIT_INSTRUCTOR") is None, "the next one gets nothing of it"


def test_the_values_the_image_and_the_set_up_name_the_same_places():
    image = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    python, script = VALUES["singleuser"]["cmd"]
    assert f"set_up.py {Path(script).parent}" in image
    assert python in image
    assert f"HOME={STORAGE['homeMountPath']}" in image
    assert (DEPLOY / Path(script).name).is_file()
